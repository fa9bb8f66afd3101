/** What a file is for whoever sees its icon. */
export type Kind = "image" | "audio" | "video" | "text" | "archive" | "other";

const ARCHIVES =
  /^application\/(zip|gzip|x-(7z-compressed|bzip2?|gzip|rar|tar|xz|zip.*)|vnd\.rar)$/;
const TEXTS =
  /^(text\/|application\/(json|msword|pdf|rtf|vnd\.(ms-|oasis\.|openxmlformats-)|xml|yaml))/;

/** Tells what a type is of; it is the sender's word, and no more. */
export function kindOf(type: string): Kind {
  const [main] = type.split("/", 1);
  if (main === "image" || main === "audio" || main === "video") return main;
  if (ARCHIVES.test(type)) return "archive";
  return TEXTS.test(type) ? "text" : "other";
}
