import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Less than this, in pixels, is a browser's own bar that comes and goes, and no keyboard. */
const LEAST = 120;

/**
 * Keeps the room above the keyboard of a phone that covers the page rather than shrinking it: the
 * room around `inside` gets the height that is left (CSSOM View, VisualViewport).
 */
export function useKeyboardInset(inside: RefObject<HTMLElement>): void {
  useEffect(() => {
    const viewport = globalThis.visualViewport;
    const room = inside.current?.closest<HTMLElement>(".room");
    if (!viewport || !room) return;
    const page = new AbortController();
    const options = { signal: page.signal };
    const adjust = () => {
      const covered = document.documentElement.clientHeight - viewport.height;
      // Who zooms in sees less for another reason.
      if (viewport.scale !== 1 || covered < LEAST) return room.style.removeProperty("block-size");
      room.style.setProperty("block-size", `${viewport.height}px`);
      if (viewport.offsetTop > 0) scrollTo(0, 0);
    };
    viewport.addEventListener("resize", adjust, options);
    viewport.addEventListener("scroll", adjust, options);
    return () => page.abort();
  }, []);
}
