// @ts-check
/**
 * Tries again by itself, once there is a network. A reload also keeps what follows the `#` of an
 * address, which the link alone would lose.
 *
 * @module
 */

addEventListener("online", () => location.reload());

document.querySelector(".primary")?.addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});
