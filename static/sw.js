// @ts-check
/**
 * The service worker: shows a page of its own where the network is gone, and keeps the files that
 * never change. Of rooms it keeps nothing, not even a name. Its own address says which build it
 * belongs to, so that each build has a worker and a cache of its own.
 *
 * @module
 */

/** @typedef {Event & { waitUntil(work: Promise<unknown>): void }} LifeEvent */
/**
 * @typedef {Event & {
 *   request: Request,
 *   preloadResponse: Promise<Response | undefined>,
 *   respondWith(response: Promise<Response>): void,
 * }} RequestEvent
 */
/** @typedef {LifeEvent & { notification: Notification }} NotificationEvent */
/** @typedef {{ url: string, focus(): Promise<unknown> }} WindowClient */
/**
 * @typedef {EventTarget & {
 *   clients: {
 *     claim(): Promise<void>,
 *     matchAll(options: { type: "window" }): Promise<WindowClient[]>,
 *   },
 *   registration: { navigationPreload?: { enable(): Promise<void> } },
 *   skipWaiting(): Promise<void>,
 * }} Worker
 */

const worker = /** @type {Worker} */ (/** @type {unknown} */ (globalThis));
const { origin, search, searchParams } = new URL(location.href);
const BUILD = searchParams.get("build");
const CACHE = `tincan${search}`;
const OFFLINE = "/offline";

worker.addEventListener("install", (event) => {
  /** @type {LifeEvent} */ (event).waitUntil(install());
});

worker.addEventListener("activate", (event) => {
  /** @type {LifeEvent} */ (event).waitUntil(activate());
});

worker.addEventListener("fetch", (event) => {
  const fetching = /** @type {RequestEvent} */ (event);
  const { method, mode, url } = fetching.request;
  if (method !== "GET" || !url.startsWith(`${origin}/`)) return;
  if (mode === "navigate") fetching.respondWith(navigate(fetching));
  else if (isOfThisBuild(new URL(url))) fetching.respondWith(fetchOnce(url));
});

/** Keeps the page for lonely hours, and what it is made of. */
async function install() {
  const cache = await caches.open(CACHE);
  // The browser may have kept it from an earlier build.
  const page = await fetch(OFFLINE, { cache: "reload" });
  if (!page.ok) throw new TypeError(`${OFFLINE} was answered with ${page.status}`);
  const html = await page.clone().text();
  const paths = Array.from(html.matchAll(/ (?:href|src)="(\/[^"]+)"/g), ([, path]) => path ?? "");
  const urls = paths.map((path) => new URL(path.replaceAll("&amp;", "&"), origin));
  await Promise.all([
    cache.put(OFFLINE, page),
    // A body that nobody reads would hold its connection.
    ...urls.filter(isOfThisBuild).map(async ({ href }) => (await fetchOnce(href)).body?.cancel()),
  ]);
  await worker.skipWaiting();
}

/** Takes over from the worker before, and throws away what that one kept. */
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("tincan") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/**
 * A page comes from the network, and is not kept.
 *
 * @param {RequestEvent} event
 * @returns {Promise<Response>}
 */
async function navigate({ preloadResponse, request }) {
  try {
    return await preloadResponse ?? await fetch(request);
  } catch {
    return await find(OFFLINE) ?? Response.error();
  }
}

// Leads back to the room that a notification is of.
worker.addEventListener("notificationclick", (event) => {
  const { notification, waitUntil } = /** @type {NotificationEvent} */ (event);
  notification.close();
  waitUntil.call(event, focusPage(notification.data));
});

/** @param {unknown} path */
async function focusPage(path) {
  const pages = await worker.clients.matchAll({ type: "window" });
  await pages.find(({ url }) => new URL(url).pathname === path)?.focus();
}

/**
 * A file that the server calls immutable is fetched once.
 *
 * @param {string} url
 * @returns {Promise<Response>}
 */
async function fetchOnce(url) {
  const kept = await find(url);
  if (kept) return kept;
  const response = await fetch(url);
  if (response.ok && /\bimmutable\b/.test(response.headers.get("cache-control") ?? "")) {
    // A disk may be full: then it is fetched again.
    await caches.open(CACHE).then((cache) => cache.put(url, response.clone())).catch(() => {});
  }
  return response;
}

/** @param {string} url */
function find(url) {
  return caches.match(url, { cacheName: CACHE, ignoreVary: true }).catch(() => undefined);
}

/** @param {URL} url */
function isOfThisBuild({ origin: from, pathname, searchParams }) {
  if (BUILD === null || from !== origin) return false;
  return searchParams.get("__frsh_c") === BUILD || pathname.startsWith(`/_fresh/js/${BUILD}/`);
}
