import { assert, assertEquals } from "@std/assert";
import { BlobRoom } from "../../../lib/client/files/blob_sink.ts";
import type { FilePeer } from "../../../lib/client/files/link.ts";
import type { ChannelPort } from "../../../lib/client/rtc.ts";
import { FileDesk } from "../../../lib/client/files/desk.ts";
import type { RtcPort } from "../../../lib/client/rtc.ts";
import { systemClock } from "../../../lib/clock.ts";
import { type FileFrame, parseFileFrame } from "../../../lib/protocol/file_frames.ts";
import { bytesOf, makeFile } from "../../fakes/files_content.ts";
import { connectWerift, WeriftFileChannel } from "../../fakes/files_werift.ts";
import { valueOf } from "../../fakes/unwrap.ts";

const MIB = 1024 * 1024;

/** One end: a desk, and a real connection that can be replaced. */
class End {
  readonly desk: FileDesk;
  readonly channels: ChannelPort[] = [];
  peer: FilePeer;
  rtc: RtcPort | undefined;
  #watchers = new Set<() => void>();

  constructor(readonly other: string, readonly toOther: () => End) {
    const onChange = () => this.#watchers.forEach((watch) => watch());
    this.desk = new FileDesk({ clock: systemClock, onChange });
    this.peer = {
      person: other,
      say: (frame) => {
        if (this.rtc === undefined) return false;
        const { rtc } = this;
        queueMicrotask(() => {
          const end = toOther();
          if (rtc !== this.rtc || end.rtc === undefined) return;
          end.desk.receive(end.peer, valueOf(parseFileFrame({ ...frame })) as FileFrame);
        });
        return true;
      },
      openChannel: () => {
        if (this.rtc === undefined) return undefined;
        const channel = new WeriftFileChannel(this.rtc.createDataChannel("files"));
        this.channels.push(channel);
        return channel;
      },
    };
  }

  /** Takes a connection. */
  connect(rtc: RtcPort): void {
    this.rtc = rtc;
    rtc.ondatachannel = ({ channel }) => {
      if (channel.label === "files") this.desk.adopt(this.peer, new WeriftFileChannel(channel));
    };
  }

  /** Loses it, as a network does. */
  cut(): void {
    this.rtc?.close();
    this.rtc = undefined;
    this.desk.lose(this.other);
  }

  /** Waits until `condition` holds; it is looked at whenever there is something new to see. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watch = () => {
        if (!condition()) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
      watch();
    });
  }
}

// werift leaves timers of its DTLS and ICE behind.
const leaks = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "files cross a real connection that is cut in the middle, and are whole",
  leaks,
  async () => {
    const ada: End = new End("bob", () => bob);
    const bob: End = new End("ada", () => ada);
    const connect = async () => {
      const [one, other] = await connectWerift();
      ada.connect(one);
      bob.connect(other);
      ada.desk.ready(ada.peer);
      bob.desk.ready(bob.peer);
    };
    await connect();
    const memory = new BlobRoom();
    const files = [makeFile(4 * MIB + 11), makeFile(300_000, 2), makeFile(0, 3)];
    for (const [i, { size, bytes }] of files.entries()) {
      const offer = { id: `f${i}`, name: `f${i}`, size, type: "" };
      ada.desk.send(offer, new Blob([bytes]));
      bob.desk.expect(offer, "ada");
      bob.desk.accept(offer.id, memory.open(offer)!);
    }
    const transfer = (end: End, id: string) => end.desk.parcels.get(id)!.transfers[0]!;
    await bob.until(() => transfer(bob, "f0").bytes > MIB);
    for (const end of [ada, bob]) end.cut();
    const { bytes } = transfer(bob, "f0");
    assert(bytes < files[0]!.size);
    assertEquals([transfer(ada, "f0").state, transfer(bob, "f0").state], ["stalled", "stalled"]);
    await connect();
    for (const id of ["f0", "f1", "f2"]) {
      await bob.until(() => transfer(bob, id).state === "done");
      await ada.until(() => transfer(ada, id).state === "done");
    }
    for (const [i, file] of files.entries()) {
      assertEquals(await bytesOf(bob.desk.parcels.get(`f${i}`)!.content), file.bytes);
    }
    assertEquals(ada.channels.length, 2);
    for (const end of [ada, bob]) {
      end.desk.close();
      end.cut();
    }
  },
);
