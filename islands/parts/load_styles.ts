import { asset } from "fresh/runtime";

/** Adds a style sheet to the page, once, for a part that comes late; resolves when it applies. */
export function loadStyles(file: string): Promise<void> {
  const href = asset(file);
  const known = document.querySelector<HTMLLinkElement>(`link[href="${href}"]`);
  if (known?.sheet) return Promise.resolve();
  const link = known ?? document.createElement("link");
  return new Promise((resolve) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => {
      // Plain is better than not at all; and the next time it may be there.
      link.remove();
      resolve();
    });
    if (known === null) document.head.append(Object.assign(link, { rel: "stylesheet", href }));
  });
}
