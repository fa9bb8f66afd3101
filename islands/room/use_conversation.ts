import { effect, type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Conversation } from "../../lib/client/conversation.ts";
import { Device } from "../../lib/client/device.ts";
import { Journal } from "../../lib/client/journal.ts";
import { RecentRooms } from "../../lib/client/recent_rooms.ts";
import { type Memory, Tab } from "../../lib/client/tab.ts";
import { onWake } from "../../lib/client/wake.ts";
import { systemClock } from "../../lib/clock.ts";
import { readMemory } from "./read_memory.ts";
import { signalUrl } from "./signal_url.ts";

/** What a page has of its room. */
export interface Here {
  /** What is said, and by whom. */
  conversation: Conversation;
  /** What is set on this device. */
  device: Device;
  /** Where the tab keeps what it has to remember, if anywhere. */
  session: Memory["session"];
}

/** A conversation in the room `name`, for as long as the page is there; none until it has begun. */
export function useConversation(name: string): Signal<Here | undefined> {
  const here = useSignal<Here | undefined>(undefined);
  useEffect(() => {
    if (!("RTCPeerConnection" in globalThis)) return;
    const page = new AbortController();
    void begin(name, page.signal).then((begun) => here.value = begun);
    return () => page.abort();
  }, [name]);
  return here;
}

async function begin(name: string, signal: AbortSignal): Promise<Here | undefined> {
  const memory = readMemory();
  const tab = await Tab.claim(name, memory);
  if (signal.aborted) return void tab.close();
  const journal = new Journal(name, memory.session);
  // Without locks a copy cannot be told from a tab that crashed, which must not lose what it has.
  if (!tab.isBack && memory.locks !== undefined) journal.clear();
  const device = new Device(memory.local);
  const conversation = new Conversation({
    url: signalUrl(name),
    clock: systemClock,
    tab,
    journal,
    nickname: device.settings.nickname,
    isVisible: () => document.visibilityState === "visible",
  });
  const stops = [
    onWake(() => conversation.wake()),
    rememberRoom(conversation, { name, recent: new RecentRooms(memory.local) }),
  ];
  const end = () => {
    conversation.close();
    tab.close();
  };
  document.addEventListener("visibilitychange", () => conversation.look(), { signal });
  // The seat is kept for the same page, should this be a reload.
  addEventListener("pagehide", end, { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload(), { signal });
  signal.addEventListener("abort", () => {
    for (const stop of stops) stop();
    end();
  });
  conversation.start();
  return { conversation, device, session: memory.session };
}

/** A room where somebody was met is one to come back to. */
function rememberRoom(
  { status }: Conversation,
  { name, recent }: { name: string; recent: RecentRooms },
): () => void {
  let isRemembered = false;
  return effect(() => {
    if (isRemembered || status.value.state !== "connected") return;
    isRemembered = true;
    recent.visit(name, Date.now());
  });
}
