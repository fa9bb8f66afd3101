/** A setting that is on or off. */
export function Switch(
  { label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void },
) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        checked={on}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
