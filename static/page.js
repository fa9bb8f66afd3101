// @ts-check
/**
 * Applies a choice of language or colours as soon as it is made. It reloads the page, which keeps the
 * place that was being read, and adds nothing to go back through.
 *
 * @module
 */

const FOCUS_KEY = "tincan:focus";

/** Keys that choose in a list which is not open: each would be a choice, on the way to another. */
const STEPS = /^(Arrow|Page|Home$|End$|[^ ]$)/u;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".preferences"));
let isStep = false;

form?.addEventListener("keydown", ({ key, altKey }) => isStep = STEPS.test(key) && !altKey);
form?.addEventListener("pointerdown", () => isStep = false);
form?.addEventListener("change", ({ target }) => {
  if (isStep) form.dataset.chosen = "true";
  else void apply(/** @type {HTMLSelectElement} */ (target).name);
});

/** The browser takes the focus away when it reloads. */
const field = form?.elements.namedItem(takeFocus());
if (field instanceof HTMLElement) field.focus({ preventScroll: true });

async function apply(/** @type {string} */ name) {
  if (form === null) return;
  try {
    const body = new FormData(form);
    await fetch(form.action, { method: "POST", body, redirect: "manual" });
  } catch {
    // Out of reach: it can be tried again by hand.
    form.dataset.chosen = "true";
    return;
  }
  keepFocus(name);
  location.reload();
}

function keepFocus(/** @type {string} */ name) {
  try {
    sessionStorage.setItem(FOCUS_KEY, name);
  } catch {
    // Blocked: the focus is a comfort.
  }
}

function takeFocus() {
  try {
    const name = sessionStorage.getItem(FOCUS_KEY) ?? "";
    sessionStorage.removeItem(FOCUS_KEY);
    return name;
  } catch {
    return "";
  }
}
