import type { Memory } from "../../lib/client/tab.ts";

/** The locks of all tabs of a browser (W3C Web Locks), as far as exclusive ones go. */
export class FakeLocks {
  #held = new Map<string, Promise<unknown>>();

  /** The names that are held. */
  get names(): string[] {
    return [...this.#held.keys()];
  }

  readonly request = async (
    name: string,
    options: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    while (this.#held.has(name)) {
      if (options.ifAvailable) return callback(null);
      const { promise, reject } = Promise.withResolvers<never>();
      const abort = () => reject(options.signal?.reason);
      options.signal?.addEventListener("abort", abort);
      await Promise.race([this.#held.get(name), promise]);
      options.signal?.removeEventListener("abort", abort);
    }
    const done = Promise.resolve(callback({ name, mode: "exclusive" }));
    this.#held.set(name, done);
    void done.then(() => this.#held.delete(name));
    return await done;
  };

  /** Them, in the type of the real thing. */
  get port(): Memory["locks"] {
    return this as unknown as Memory["locks"];
  }
}
