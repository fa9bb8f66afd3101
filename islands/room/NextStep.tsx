import { useRoomText } from "./text.ts";

/** What can be done when the line is over. */
export function NextStep({ hasLeft }: { hasLeft: boolean }) {
  const { common, room } = useRoomText().words;
  return (
    <p class="actions">
      <button
        class="button primary"
        type="button"
        ref={focusOnce}
        onClick={() => location.reload()}
      >
        {hasLeft ? room.joinAgain : common.tryAgain}
      </button>
      {!hasLeft && <a class="button" href="/check">{room.checkBrowser}</a>}
      <a class="button" href="/">{common.toStart}</a>
    </p>
  );
}

/** Moves the focus to what takes the place of what had it. */
function focusOnce(element: HTMLElement | null): void {
  if (document.activeElement === document.body) element?.focus();
}
