import type { Memory } from "../../lib/client/tab.ts";

/** What the browser remembers: a storage that is switched off is none. */
export function readMemory(): Memory {
  return {
    session: readStorage(() => sessionStorage),
    local: readStorage(() => localStorage),
    locks: navigator.locks as LockManager | undefined,
  };
}

/** To look at a storage that is switched off throws, and to read from one that is broken. */
function readStorage(get: () => Storage): Storage | undefined {
  try {
    const storage = get();
    storage.getItem("tincan");
    return storage;
  } catch {
    return undefined;
  }
}
