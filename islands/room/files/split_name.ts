/** What a name's end is kept of when its middle is left out. */
export interface SplitName {
  /** What may be left out, from its end on. */
  head: string;
  /** What is always shown. */
  tail: string;
}

/** Names that fit anywhere. */
const SHORT = 20;

/** The most characters of an ending that says what a file is. */
const MAX_EXTENSION = 10;

/** Characters before the ending that tell one file of a series from the next. */
const KEPT = 6;

/** What can be cut anywhere: letters of other scripts may be joined to the one before. */
const APART = /^[\p{Script=Latin}\p{N} ()_-]*$/u;

/** Parts a name so that its end can be shown whatever room there is: there it says what it is. */
export function splitName(name: string): SplitName {
  const characters = [...name];
  if (characters.length <= SHORT) return { head: name, tail: "" };
  const dot = characters.lastIndexOf(".");
  const isEnding = dot > 0 && characters.length - dot <= MAX_EXTENSION;
  const end = isEnding ? dot : characters.length;
  const kept = characters.slice(end - KEPT, end).join("");
  const cut = APART.test(kept) ? end - KEPT : end;
  return { head: characters.slice(0, cut).join(""), tail: characters.slice(cut).join("") };
}
