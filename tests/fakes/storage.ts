/** A browser's storage, which may be full, or switched off. */
export class FakeStorage {
  /** How many characters it holds. */
  capacity = Infinity;
  #items = new Map<string, string>();

  /** Makes one with what was kept before. */
  constructor(items: Iterable<readonly [string, string]> = []) {
    this.#items = new Map(items);
  }

  get length(): number {
    return this.#items.size;
  }

  /** What is in it. */
  get items(): Record<string, string> {
    return Object.fromEntries(this.#items);
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    let used = key.length + value.length;
    for (const [other, text] of this.#items) if (other !== key) used += other.length + text.length;
    if (used > this.capacity) throw new DOMException("", "QuotaExceededError");
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }
}
