// @ts-check
/**
 * Tries again by itself: once there is a network, and every few seconds while somebody looks, for it
 * may be the server that was away. A reload also keeps what follows the `#` of an address, which the
 * link alone would lose.
 *
 * @module
 */

const PAUSE = 4_000;

addEventListener("online", () => location.reload());
document.querySelector(".primary")?.addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});
// Who opened the page by its own address, to read it, stays.
if (location.pathname !== "/offline") setInterval(look, PAUSE);

async function look() {
  if (document.visibilityState !== "visible") return;
  try {
    await fetch("/offline", { method: "HEAD", cache: "no-store" });
    location.reload();
  } catch {
    // Still away.
  }
}
