// @ts-check
/**
 * Lists the rooms that this device remembers on its start page, and forgets them. The list is written
 * by `lib/client/recent_rooms.ts`; nothing of it is ever sent.
 *
 * @module
 */
"use strict";

const RECENT_ROOMS_KEY = "tincan:recent";
const MAX_RECENT_ROOMS = 8;
const ROOM_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const LAST_MOMENT = 8.64e15;

/** @type {[unit: Intl.RelativeTimeFormatUnit, seconds: number][]} */
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["week", 604_800], ["day", 86_400]];
UNITS.push(["hour", 3_600], ["minute", 60]);

const { lang } = document.documentElement;
const RELATIVE = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
const ABSOLUTE = new Intl.DateTimeFormat(lang, { dateStyle: "full", timeStyle: "short" });

const section = find(document, "#recent");
const list = find(section, "ol");
const template = /** @type {HTMLTemplateElement} */ (find(section, "template"));

/** @returns {HTMLElement} */
function find(/** @type {ParentNode} */ place, /** @type {string} */ selector) {
  return /** @type {HTMLElement} */ (place.querySelector(selector));
}

/** @typedef {{ name: string, at: number }} RecentRoom */

/** @returns {RecentRoom[]} */
function read() {
  try {
    const entries = JSON.parse(localStorage.getItem(RECENT_ROOMS_KEY) ?? "[]");
    /** @type {Map<string, RecentRoom>} */
    const rooms = new Map();
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (isRoom(entry) && !rooms.has(entry.name)) rooms.set(entry.name, entry);
    }
    return [...rooms.values()].slice(0, MAX_RECENT_ROOMS);
  } catch {
    return [];
  }
}

/** @returns {value is RecentRoom} */
function isRoom(/** @type {any} */ value) {
  return typeof value?.name === "string" && ROOM_NAME.test(value.name) &&
    typeof value.at === "number" && value.at >= 0 && value.at <= LAST_MOMENT;
}

function write(/** @type {RecentRoom[]} */ rooms) {
  try {
    // Where a tab was closed, its seat is kept for the next one: nothing of a room is left behind.
    const kept = new Set(rooms.map(({ name }) => name));
    for (const key of Object.keys(localStorage)) {
      const [, name] = /^tincan:(.+):seat$/.exec(key) ?? [];
      if (name !== undefined && !kept.has(name)) localStorage.removeItem(key);
    }
    if (rooms.length > 0) localStorage.setItem(RECENT_ROOMS_KEY, JSON.stringify(rooms));
    else localStorage.removeItem(RECENT_ROOMS_KEY);
  } catch {
    // Switched off since the page was opened: then there is nothing to forget.
  }
  draw();
}

function draw() {
  const rooms = read();
  list.replaceChildren(...rooms.map(drawRoom));
  section.hidden = rooms.length === 0;
}

function drawRoom(/** @type {RecentRoom} */ { name, at }) {
  const item = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  find(item, "a").setAttribute("href", `/r/${name}`);
  find(item, "bdi").textContent = name;
  const time = find(item, "time");
  time.textContent = ago(at);
  time.title = ABSOLUTE.format(at);
  time.setAttribute("datetime", new Date(at).toISOString());
  const button = find(item, "button");
  button.setAttribute("aria-label", say("forgetRoom", name));
  button.addEventListener("click", () => {
    const index = [...list.querySelectorAll("button")].findIndex((other) => other === button);
    write(read().filter((room) => room.name !== name));
    tell(say("forgotten", name), index);
  });
  return item;
}

function ago(/** @type {number} */ at) {
  const seconds = Math.max(0, (Date.now() - at) / 1000);
  const [unit, size] = UNITS.find(([, size]) => seconds >= size) ?? ["second", Infinity];
  return RELATIVE.format(-Math.trunc(seconds / size), unit);
}

function say(/** @type {string} */ key, /** @type {string} */ room) {
  return (section.dataset[key] ?? "").replace("{room}", () => room);
}

/** Says what has gone, and puts the focus where the eye is. */
function tell(/** @type {string} */ text, /** @type {number} */ index) {
  find(document, "#recent-news").textContent = text;
  const buttons = list.querySelectorAll("button");
  (buttons[index] ?? buttons[index - 1] ?? find(document, ".join button")).focus();
}

find(section, "#forget-all").addEventListener("click", () => {
  write([]);
  tell(say("allForgotten", ""), 0);
});
// Another tab may visit a room, and a page may come back as it was left.
addEventListener("storage", draw);
addEventListener("pageshow", draw);
draw();
