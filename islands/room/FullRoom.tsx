import { useEffect, useRef } from "preact/hooks";

/** What somebody sees who came too late; where a seat may soon be free, the page tries again. */
export function FullRoom({ name, retryAfter }: { name: string; retryAfter: number | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = "This room is full · Tincan";
    heading.current?.focus();
    if (retryAfter === undefined) return;
    const timer = setTimeout(() => location.reload(), retryAfter * 1000);
    return () => clearTimeout(timer);
  }, [retryAfter]);
  return (
    <main class="page">
      <p class="brand">
        <a href="/">tincan</a>
      </p>
      <h1 ref={heading} tabIndex={-1}>This room is full</h1>
      <p role="status" data-state="full">
        Every seat in <strong>{name}</strong> is taken.
      </p>
      {retryAfter === undefined
        ? (
          <p>
            If one of them is yours in another tab, close that tab and try again. Otherwise wait
            until somebody leaves, or start a room of your own.
          </p>
        )
        : (
          <p>
            But somebody is out of reach. Their seat is free in {retryAfter}{" "}
            seconds at the latest, unless they come back. This page tries again by itself.
          </p>
        )}
      <div class="actions">
        <button class="button primary" type="button" onClick={() => location.reload()}>
          Try again
        </button>
        <a class="button" href="/">Start another room</a>
      </div>
    </main>
  );
}
