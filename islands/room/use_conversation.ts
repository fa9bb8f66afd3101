import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Conversation } from "../../lib/client/conversation.ts";
import { Journal } from "../../lib/client/journal.ts";
import { type Memory, Tab } from "../../lib/client/tab.ts";
import { onWake } from "../../lib/client/wake.ts";
import { systemClock } from "../../lib/clock.ts";
import { signalUrl } from "./signal_url.ts";

/** A conversation in the room `name`, for as long as the page is there; none until it has begun. */
export function useConversation(name: string): Signal<Conversation | undefined> {
  const conversation = useSignal<Conversation | undefined>(undefined);
  useEffect(() => {
    if (!("RTCPeerConnection" in globalThis)) return;
    const page = new AbortController();
    void begin(name, page.signal).then((begun) => conversation.value = begun);
    return () => page.abort();
  }, [name]);
  return conversation;
}

async function begin(name: string, signal: AbortSignal): Promise<Conversation | undefined> {
  const memory = readMemory();
  const tab = await Tab.claim(name, memory);
  if (signal.aborted) return void tab.close();
  const journal = new Journal(name, memory.session);
  // Without locks a copy cannot be told from a tab that crashed, which must not lose what it has.
  if (!tab.isBack && memory.locks !== undefined) journal.clear();
  const conversation = new Conversation({
    url: signalUrl(name),
    clock: systemClock,
    tab,
    journal,
    isVisible: () => document.visibilityState === "visible",
  });
  const end = () => {
    conversation.close();
    tab.close();
  };
  const stopWaking = onWake(() => conversation.wake());
  document.addEventListener("visibilitychange", () => conversation.look(), { signal });
  // The seat is kept for the same page, should this be a reload.
  addEventListener("pagehide", end, { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload(), { signal });
  signal.addEventListener("abort", () => {
    stopWaking();
    end();
  });
  conversation.start();
  return conversation;
}

/** What the browser remembers. */
function readMemory(): Memory {
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
