/**
 * A room's name, to be read out to somebody: letters by the words that radio and telephone use the
 * world over, and a long name in groups that the eye does not lose.
 *
 * @module
 */

/** A character of a room's name, and what to say for it. */
export type Spelled =
  | { kind: "letter" | "capital"; character: string; word: string }
  | { kind: "digit" | "hyphen" | "underscore"; character: string };

/** ICAO Annex 10, volume II, 5.2.1.3; the same in every language. */
const WORDS = ("Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike " +
  "November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu")
  .split(" ");

const CODE_OF_A = "a".charCodeAt(0);

/** How many characters of a name stand together. */
const GROUP = 4;

/**
 * Tells what to say for each character of a room's name.
 *
 * @example
 * ```ts
 * import { spell } from "./spell.ts";
 *
 * spell("K7");
 * // [
 * //   { kind: "capital", character: "K", word: "Kilo" },
 * //   { kind: "digit", character: "7" },
 * // ]
 * ```
 */
export function spell(name: string): Spelled[] {
  return [...name].map((character): Spelled => {
    if (character === "-") return { kind: "hyphen", character };
    if (character === "_") return { kind: "underscore", character };
    const word = WORDS[character.toLowerCase().charCodeAt(0) - CODE_OF_A];
    if (word === undefined) return { kind: "digit", character };
    return { kind: /[A-Z]/.test(character) ? "capital" : "letter", character, word };
  });
}

/**
 * Cuts a room's name into groups of four.
 *
 * @example
 * ```ts
 * import { inGroups } from "./spell.ts";
 *
 * inGroups("xK3_v9Qa0b"); // ["xK3_", "v9Qa", "0b"]
 * ```
 */
export function inGroups(name: string): string[] {
  return name.match(new RegExp(`.{1,${GROUP}}`, "g")) ?? [];
}
