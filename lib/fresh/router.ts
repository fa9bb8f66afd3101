import type { Method } from "./types.ts";

/** Says what a request matched. */
export interface Match<T> {
  /** The pattern that matched, or `null`. */
  pattern: string | null;
  /** What is registered for the method, or `null`. */
  item: T | null;
  /** What the pattern captured. */
  params: Record<string, string>;
  /** Methods that the pattern answers. */
  allowed: readonly string[];
}

interface Entry<T> {
  pattern: string;
  byMethod: Map<string, T>;
}

/**
 * Finds what is registered for a method and URL: patterns without parameters first, with or
 * without a slash at the end, then the others in the order they were added.
 */
export class Router<T> {
  readonly #fixed: Map<string, Entry<T>> = new Map();
  readonly #patterns: Map<string, Entry<T> & { matcher: URLPattern }> = new Map();

  /** Registers an item, unless there is one for this method and pattern. */
  add(method: Method, route: { pattern: string; item: T }): void {
    const { byMethod } = this.#entry(route.pattern);
    if (!byMethod.has(method)) byMethod.set(method, route.item);
  }

  /** Finds the item for a request; HEAD finds that of GET if it has none of its own. */
  match(method: string, url: URL): Match<T> {
    const { pathname } = url;
    const sibling = pathname.endsWith("/") ? pathname.slice(0, -1) : `${pathname}/`;
    const entry = this.#fixed.get(pathname) ?? this.#fixed.get(sibling);
    if (entry !== undefined) return found(entry, { method, groups: {} });

    for (const entry of this.#patterns.values()) {
      const match = entry.matcher.exec({ pathname });
      if (match !== null) return found(entry, { method, groups: match.pathname.groups });
    }
    return { pattern: null, item: null, params: {}, allowed: [] };
  }

  #entry(pattern: string): Entry<T> {
    const entries: Map<string, Entry<T>> = /[*:{}+?()]/.test(pattern)
      ? this.#patterns
      : this.#fixed;
    let entry = entries.get(pattern);
    if (entry === undefined) {
      entry = { pattern, byMethod: new Map() };
      if (entries === this.#fixed) entries.set(pattern, entry);
      else {
        const matcher = new URLPattern({ pathname: pattern });
        entry = { ...entry, matcher } as Entry<T>;
        entries.set(pattern, entry);
      }
    }
    return entry;
  }
}

function found<T>(
  { pattern, byMethod }: Entry<T>,
  { method, groups }: { method: string; groups: Record<string, string | undefined> },
): Match<T> {
  const item = byMethod.get(method) ?? (method === "HEAD" ? byMethod.get("GET") : undefined);
  const allowed = new Set(byMethod.keys());
  if (allowed.has("GET")) allowed.add("HEAD");
  allowed.add("OPTIONS");
  const params = Object.fromEntries(
    Object.entries(groups).map(([name, value = ""]) => [name, decode(value)]),
  );
  return { pattern, item: item ?? null, params, allowed: [...allowed] };
}

// As upstream, an encoded slash stays encoded; what is no valid encoding stays as it came.
function decode(value: string): string {
  try {
    return decodeURI(value);
  } catch {
    return value;
  }
}
