import { useEffect, useRef } from "preact/hooks";

/** What somebody sees who came too late. */
export function FullRoom({ name }: { name: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = "This room is full · Tincan";
    heading.current?.focus();
  }, []);
  return (
    <main class="page">
      <p class="brand">
        <a href="/">tincan</a>
      </p>
      <h1 ref={heading} tabIndex={-1}>This room is full</h1>
      <p role="status" data-state="full">
        Every seat in <strong>{name}</strong> is taken.
      </p>
      <p>
        If one of them is yours in another tab, close that tab and try again. Otherwise wait until
        somebody leaves, or start a room of your own.
      </p>
      <div class="actions">
        <button class="button primary" type="button" onClick={() => location.reload()}>
          Try again
        </button>
        <a class="button" href="/">Start another room</a>
      </div>
    </main>
  );
}
