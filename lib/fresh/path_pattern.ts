/**
 * Turns the path of a route file below `routes/`, without extension, into a `URLPattern` pathname:
 * `/r/[name]` to `/r/:name`, `/docs/[...path]` to `/docs/:path*`, `/[[lang]]/about` to
 * `{/:lang}?/about`. Folders in parentheses are left out, unless groups are kept.
 *
 * @throws {SyntaxError} If two parameters are not told apart, as in `[a][b]`.
 */
export function pathToPattern(path: string, options: { keepGroups?: boolean } = {}): string {
  const segments = path.split("/").filter(Boolean);
  if (segments.at(-1) === "index") segments.pop();

  let pattern = "";
  for (const segment of segments) {
    if (segment.includes("][")) {
      throw new SyntaxError(
        `Cannot route "${path}" as parameters must be apart: current segment is "${segment}"`,
      );
    }
    if (/^\(.*\)$/.test(segment) && !options.keepGroups) continue;
    const [, kind = "", name] = /^(\[\.\.\.|\[\[)(.+?)\]+$/.exec(segment) ?? [];
    if (kind === "[...") pattern += `/:${name}*`;
    else if (kind === "[[") pattern += `{/:${name}}?`;
    else pattern += `/${segment.replaceAll(/\[(.+?)\]/g, ":$1")}`;
  }
  // The slash that every path starts with can not be optional.
  if (/^(\{[^}]*\}\?)+$/.test(pattern)) pattern = pattern.replace("{/", "/{");
  return pattern || "/";
}

/** Splits a pattern into the segments that middlewares and layouts are inherited along. */
export function patternSegments(pattern: string): string[] {
  return pattern.replaceAll(/\{[^}]*\}\??/g, "").split("/").filter((part) => part && part !== "*");
}

/** Joins a path prefix and a pattern; `*` stands for everything below the prefix. */
export function joinPath(prefix: string, pattern: string): string {
  const base = prefix.replace(/\/?\*?$/, "");
  if (pattern === "*") return `${base}/*`;
  return base !== "" && pattern === "/" ? base : base + pattern;
}
