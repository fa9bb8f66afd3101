import type { Conversation } from "../../../lib/client/conversation.ts";
import { BlobRoom } from "../../../lib/client/files/blob_sink.ts";
import { chooseSink, type Places } from "../../../lib/client/files/choose_sink.ts";
import type { DiskFile } from "../../../lib/client/files/disk_sink.ts";
import { Shelf } from "../../../lib/client/files/shelf.ts";
import type { FileActions } from "./actions.ts";

/** Makes what can be done about the files of a conversation in this browser. */
export async function createActions({ messages, files }: Conversation): Promise<FileActions> {
  const places = await findPlaces();
  // A browser asks for one place at a time.
  const asking = new Set<string>();
  return {
    places,
    accept(id) {
      const message = messages.value.find((message) => message.id === id);
      if (message?.file === undefined || message.from === undefined) return;
      const { from, file } = message;
      if (asking.has(id)) return;
      asking.add(id);
      const offer = { id, ...file };
      void chooseSink(offer, places).then((sink) => {
        asking.delete(id);
        void measureFree().then((free) => places.free = free);
        if (sink === "dismissed") return;
        const isUsed = files.use((desk) => {
          desk.expect(offer, from);
          if (sink === "too-big") desk.cancel(id, { reason: sink });
          else desk.accept(id, sink);
        });
        if (!isUsed && sink !== "too-big") void sink.abort();
      });
    },
    reject: (id) => void files.use((desk) => desk.reject(id)),
    cancel: (id, person) => void files.use((desk) => desk.cancel(id, person ? { person } : {})),
    pause: (id, on) => void files.use((desk) => desk.pause(id, on)),
  };
}

/** The part of a window that asks for a place (WICG File System Access). */
interface Picking {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<DiskFile>;
}

async function findPlaces(): Promise<Places> {
  const { showSaveFilePicker } = globalThis as Picking;
  const shelf = await openShelf();
  const free = shelf && await measureFree();
  addEventListener("pagehide", () => void shelf?.close(), { once: true });
  return { memory: new BlobRoom(), pick: showSaveFilePicker?.bind(globalThis), shelf, free };
}

async function openShelf(): Promise<Shelf | undefined> {
  // Both are there in secure contexts only.
  const { storage, locks } = navigator as Partial<Navigator>;
  if (storage?.getDirectory === undefined || locks === undefined) return undefined;
  return await Shelf.open({ openDirectory: () => storage.getDirectory(), locks });
}

async function measureFree(): Promise<number | undefined> {
  try {
    const { quota, usage = 0 } = await navigator.storage.estimate();
    return quota === undefined ? undefined : quota - usage;
  } catch {
    return undefined;
  }
}
