// @ts-check
/**
 * Has the start page take an invite link where a room's name goes, and say what is wrong with either.
 * A link's fragment never leaves the page.
 *
 * @module
 */

const ROOM_NAME = /^[A-Za-z0-9_-]{1,64}$/;

const form = /** @type {HTMLFormElement} */ (document.querySelector(".join"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("room"));
const problem = /** @type {HTMLElement} */ (document.getElementById("room-problem"));

// From here on, whatever is typed is judged, and explained, below.
form.noValidate = true;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  const address = ROOM_NAME.test(text) ? `/r/${text}` : readLink(text);
  if (address !== undefined) location.assign(address);
  else field.focus();
});
field.addEventListener("input", () => show(""));

/** The address that a link of this server leads to; where there is none, shows why. */
function readLink(/** @type {string} */ text) {
  // Whoever copies a whole message means the link in it.
  const link = text.match(/https?:\/\/\S+/i)?.[0] ?? text;
  const hasScheme = /^https?:/i.test(link);
  if (!hasScheme && !link.includes("/r/") && !link.startsWith(location.host)) {
    return show(explain(text));
  }
  const base = link.startsWith("/") ? location.origin : `${location.protocol}//`;
  const url = parseUrl(hasScheme ? link : base + link);
  if (url === undefined) return show(say("noRoom"));
  if (url.host !== location.host) return show(say("otherServer", { host: url.host }));
  const [, name = ""] = /^\/r\/([^/]+)\/?$/.exec(url.pathname) ?? [];
  if (!ROOM_NAME.test(name)) return show(say("noRoom"));
  return `/r/${name}${url.hash}`;
}

function parseUrl(/** @type {string} */ text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Says why a text cannot be a name, and what could. */
function explain(/** @type {string} */ text) {
  if (text === "") return say("empty");
  const plain = text.normalize("NFKD").replace(/ß/g, "ss").replace(/\p{M}/gu, "");
  const name = plain.replace(/\s+/g, "-").replace(/[^\w-]/g, "").replace(/^-+|-+$/g, "");
  const suggestion = ROOM_NAME.test(name) ? ` ${say("suggestion", { name })}` : "";
  if (/\s/.test(text)) return say("spaces") + suggestion;
  if (/[^\w-]/.test(text)) return say("letters") + suggestion;
  return say("tooLong", { count: text.length.toLocaleString(document.documentElement.lang) });
}

/** The sentence that the page has for a problem, in its own language. */
function say(/** @type {string} */ key, /** @type {Record<string, string>} */ values = {}) {
  const text = problem.dataset[key] ?? "";
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** @returns {undefined} */
function show(/** @type {string} */ text) {
  problem.textContent = text;
  if (text === "") field.removeAttribute("aria-invalid");
  else field.setAttribute("aria-invalid", "true");
}
