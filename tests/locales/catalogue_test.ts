import { assert, assertEquals } from "@std/assert";
import { LOCALE_TAGS, LOCALES } from "../../lib/locales/locales.ts";
import { entriesOf, formsOf, placesOf } from "./entries.ts";

const ENGLISH = entriesOf("en");
const OTHERS = LOCALE_TAGS.filter((tag) => tag !== "en");

/** What is the same in English: names, units, and words that two languages share. */
const SAME: Record<string, readonly string[]> = {
  "room.title": OTHERS,
  "chat.code": ["de", "fr"],
  "check.steps.browser": ["de"],
  "check.steps.websocket": OTHERS,
  "check.steps.stun": OTHERS,
  "check.steps.turn": ["de"],
  "check.bytes": ["es"],
  "check.kibibytes": ["de", "es", "zh"],
  "check.mebibytes": ["de", "es", "zh"],
  "error.status": ["de"],
  "invite.digits.6": ["fr"],
  "room.messages": ["fr"],
  "room.personNumber": ["de"],
};

Deno.test("the catalogue has the same keys in every language", () => {
  for (const tag of OTHERS) {
    assertEquals([...entriesOf(tag).keys()].sort(), [...ENGLISH.keys()].sort(), tag);
  }
});

Deno.test("the catalogue has the same places in every language", () => {
  const wrong: string[] = [];
  for (const tag of LOCALE_TAGS) {
    for (const [key, entry] of entriesOf(tag)) {
      const english = ENGLISH.get(key)!;
      const expected = placesOf(typeof english === "string" ? english : english.other);
      const [text, forms] = typeof entry === "string" ? [entry, []] : [entry.other, formsOf(entry)];
      if (placesOf(text).join() !== expected.join()) wrong.push(`${tag} ${key}`);
      // A form for one number alone may write it as a word.
      if (forms.some((form) => placesOf(form).some((place) => !expected.includes(place)))) {
        wrong.push(`${tag} ${key}`);
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("the catalogue has a form for each plural category of the language, and no other", () => {
  const wrong: string[] = [];
  for (const tag of LOCALE_TAGS) {
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.sort().join();
    for (const [key, entry] of entriesOf(tag)) {
      if ((typeof entry === "string") !== (typeof ENGLISH.get(key) === "string")) {
        wrong.push(`${tag} ${key}: is a plural in one language only`);
      } else if (typeof entry !== "string" && Object.keys(entry).sort().join() !== categories) {
        wrong.push(`${tag} ${key}: must have ${categories}`);
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("the catalogue leaves nothing in English", () => {
  const same: string[] = [];
  const known = new Set(
    Object.entries(SAME).flatMap(([key, tags]) => tags.map((tag) => `${tag} ${key}`)),
  );
  for (const tag of OTHERS) {
    for (const [key, entry] of entriesOf(tag)) {
      const english = new Set(formsOf(ENGLISH.get(key)!).filter(isWords));
      if (!formsOf(entry).some((form) => english.has(form))) continue;
      if (!known.delete(`${tag} ${key}`)) same.push(`${tag} ${key}`);
    }
  }
  assertEquals(same, []);
  assertEquals([...known], [], "these are translated, and need no exception any more");
});

Deno.test("the catalogue has no empty text, and none with space around it", () => {
  const wrong: string[] = [];
  for (const tag of LOCALE_TAGS) {
    for (const [key, entry] of entriesOf(tag)) {
      const isLoose = formsOf(entry).some((form) => form.trim() === "" || form.trim() !== form);
      if (isLoose && key !== "check.separator") wrong.push(`${tag} ${key}`);
    }
  }
  assertEquals(wrong, []);
});

/** Names in Latin letters all over. */
const LATIN = ["room.title", "room.titleUnread"];

Deno.test("a text with places shows the direction in which it is written", () => {
  const hidden: string[] = [];
  for (const tag of LOCALE_TAGS.filter((tag) => LOCALES[tag].direction === "rtl")) {
    for (const [key, entry] of entriesOf(tag)) {
      const texts = formsOf(entry).filter((form) => placesOf(form).length > 0);
      // Without, a Latin value would turn around what stands beside it.
      const isHidden = (text: string) => !/[\p{Script=Arabic}\u200f]/u.test(text);
      if (texts.some(isHidden) && !LATIN.includes(key)) hidden.push(`${tag} ${key}`);
    }
  }
  assertEquals(hidden, []);
});

Deno.test("each language quotes as it does, and uses no typewriter's quotes", () => {
  const wrong: string[] = [];
  for (const tag of LOCALE_TAGS) {
    for (const [key, entry] of entriesOf(tag)) {
      if (formsOf(entry).some((form) => /["']/.test(form))) wrong.push(`${tag} ${key}`);
    }
  }
  assertEquals(wrong, []);
  assert(entriesOf("de").get("check.quoted") === "„{title}“");
});

/** Whether there is more to a text than places and punctuation. */
function isWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\{\w+\}/g, ""));
}
