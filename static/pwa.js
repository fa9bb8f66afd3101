// @ts-check
/**
 * Has the browser keep a worker for this app, once the page has loaded. Where it will not, nothing is
 * lost but the page that says so without a network.
 *
 * @module
 */

if (isSecureContext && "serviceWorker" in navigator) {
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}

/** What this file was asked for with – build, language, colours – tells one worker from another. */
function register() {
  const { search } = new URL(import.meta.url);
  // Under its own name, the build would have the server forbid to ask for the worker again.
  const address = `/sw.js${search.replace("__frsh_c=", "build=")}`;
  navigator.serviceWorker.register(address, { scope: "/" }).catch(() => {});
}
