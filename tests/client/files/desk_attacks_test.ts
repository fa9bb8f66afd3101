import { assert, assertEquals } from "@std/assert";
import { formatChunk, PAYLOAD_BYTES } from "../../../lib/client/files/chunk.ts";
import type { FileFrame } from "../../../lib/protocol/file_frames.ts";
import { FileRoom, makePair } from "../../fakes/files.ts";
import { FakeSink } from "../../fakes/files_content.ts";

const MIB = 1024 * 1024;
const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const OTHER_SHA256 = "0".repeat(64);

/** Bob, who has accepted a file of somebody who does what the test says. */
async function trap(size: number) {
  const room = new FileRoom();
  const [mallory, bob] = [room.enter("ada"), room.enter("bob")];
  // She hears everything, and says nothing by herself.
  mallory.desk.receive = () => {};
  room.connect(mallory, bob);
  bob.desk.expect({ id: "f", name: "x", size, type: "image/png" }, "ada");
  const sink = new FakeSink();
  bob.desk.accept("f", sink);
  await room.quiet();
  const mark = bob.lastMark;
  const channel = room.open(mallory, bob);
  const send = async (offset: number, length: number, chosen = mark) => {
    channel.send(formatChunk({ mark: chosen, offset, payload: new Uint8Array(length) }));
    await room.quiet();
  };
  const tell = async (frame: FileFrame) => {
    room.tell(mallory, bob, frame);
    await room.quiet();
  };
  return { room, mallory, bob, sink, channel, send, tell, mark };
}

Deno.test("a sender that has no such file ends it", async () => {
  const { room, bob } = makePair();
  bob.desk.expect({ id: "f", name: "x", size: 100, type: "" }, "ada");
  const sink = new FakeSink();
  bob.desk.accept("f", sink);
  await room.quiet();
  assertEquals([bob.state("f"), bob.transfer("f").reason, sink.calls], ["failed", "gone", [
    "abort",
  ]]);
});

Deno.test("a sender that sends too much is cut off", async () => {
  const { bob, sink, send, mallory } = await trap(100);
  await send(0, 60);
  await send(60, 41);
  assertEquals([bob.state("f"), bob.transfer("f").reason], ["failed", "mismatch"]);
  assertEquals([sink.calls, bob.transfer("f").by, mallory.desk.parcels.size], [["abort"], "us", 0]);
  assertEquals(bob.said.at(-1), { t: "file-cancel", id: "f", reason: "mismatch", to: "ada" });
});

Deno.test("a sender that sends other bytes than it says is found out", async () => {
  const { bob, sink, send, tell } = await trap(100);
  await tell({ t: "file-end", id: "f", sha256: OTHER_SHA256 });
  assertEquals(bob.state("f"), "waiting");
  await send(0, 100);
  assertEquals([bob.state("f"), bob.transfer("f").reason], ["failed", "mismatch"]);
  assertEquals([sink.calls, bob.parcel("f").content], [["abort"], undefined]);
});

Deno.test("a sender whose empty file has another sum is found out", async () => {
  const { bob, tell } = await trap(0);
  await tell({ t: "file-end", id: "f", sha256: OTHER_SHA256 });
  assertEquals([bob.state("f"), bob.transfer("f").reason], ["failed", "mismatch"]);
  const honest = await trap(0);
  await honest.tell({ t: "file-end", id: "f", sha256: EMPTY_SHA256 });
  assertEquals(honest.bob.state("f"), "done");
});

Deno.test("a sender that does not wait for the disk is cut off before memory fills", async () => {
  const { bob, sink, channel, mark, room } = await trap(200 * MIB);
  sink.isHeld = true;
  let most = 0;
  for (let sent = 0; sent < 40 * MIB; sent += PAYLOAD_BYTES) {
    channel.send(formatChunk({ mark, offset: sent, payload: new Uint8Array(PAYLOAD_BYTES) }));
    await Promise.resolve();
    if (bob.state("f") !== "failed") most = sent;
  }
  await room.quiet();
  assertEquals([bob.state("f"), bob.transfer("f").reason], ["failed", "mismatch"]);
  assert(most <= 16 * MIB && most > 8 * MIB, `${most}`);
});

Deno.test("a sender of tiny chunks fills no memory with what comes with each", async () => {
  const { bob, sink, channel, mark, room } = await trap(200 * MIB);
  sink.isHeld = true;
  let most = 0;
  for (let sent = 0; sent < 40_000; sent++) {
    channel.send(formatChunk({ mark, offset: sent, payload: new Uint8Array(1) }));
    if (sent % 100 === 0) await room.quiet();
    if (bob.state("f") !== "failed") most = sent;
  }
  assert(most > 8_000 && most < 17_000, `${most}`);
});

Deno.test("a sender of many files does not fill memory with them together", async () => {
  const { room, bob, channel } = await trap(1);
  const marks: number[] = [];
  for (let i = 0; i < 40; i++) {
    bob.desk.expect({ id: `g${i}`, name: "x", size: 100 * MIB, type: "" }, "ada");
    const sink = new FakeSink();
    sink.isHeld = true;
    bob.desk.accept(`g${i}`, sink);
    marks.push(bob.lastMark);
  }
  const taken = new Map<number, number>();
  let most = 0;
  for (let offset = 0; offset < 64 * PAYLOAD_BYTES; offset += PAYLOAD_BYTES) {
    for (const [i, mark] of marks.entries()) {
      channel.send(formatChunk({ mark, offset, payload: new Uint8Array(PAYLOAD_BYTES) }));
      await room.quiet();
      // What is dropped with its file makes room for others.
      if (bob.state(`g${i}`) === "failed") taken.delete(mark);
      else taken.set(mark, offset + PAYLOAD_BYTES);
      most = Math.max(most, taken.values().reduce((sum, bytes) => sum + bytes, 0));
    }
  }
  assert(most <= 16 * MIB && most > 8 * MIB, `${most}`);
});

Deno.test("chunks of no file, before an accept, or behind an old mark are dropped", async () => {
  const { bob, sink, send, room, mallory, mark } = await trap(100);
  await send(0, 50, mark + 1);
  await send(0, 50, 0);
  assertEquals([bob.state("f"), sink.bytes], ["waiting", 0]);
  room.cut(mallory, bob);
  room.connect(mallory, bob);
  const channel = room.open(mallory, bob);
  channel.send(formatChunk({ mark, offset: 0, payload: new Uint8Array(50) }));
  bob.desk.expect({ id: "g", name: "x", size: 10, type: "" }, "ada");
  await room.quiet();
  assertEquals([bob.state("f"), bob.state("g"), sink.bytes], ["waiting", "offered", 0]);
});

Deno.test("chunks that came before are dropped, and for those that are missing it is asked again", async () => {
  const { bob, sink, send } = await trap(100);
  await send(0, 50);
  await send(0, 50);
  await send(20, 30);
  assertEquals([sink.bytes, bob.said.length], [50, 1]);
  await send(60, 10);
  assertEquals(sink.bytes, 50);
  const again = bob.said.at(-1)!;
  assert(again.t === "file-accept" && again.offset === 50);
  // Once only: what follows is of a mark that is not known any more.
  await send(70, 10);
  await send(80, 10);
  assertEquals(bob.said.length, 2);
});

Deno.test("text, scraps and giants on the channel are dropped", async () => {
  const { bob, sink, channel, room, mark } = await trap(100_000);
  for (const data of ["text", new ArrayBuffer(0), new ArrayBuffer(12), null, 5, new Blob(["x"])]) {
    channel.other!.hear(data);
  }
  channel.other!.hear(formatChunk({ mark, offset: 0, payload: new Uint8Array(20_000) }).buffer);
  const huge = formatChunk({ mark, offset: 0, payload: new Uint8Array(1) });
  huge.fill(255, 4, 12);
  channel.other!.hear(huge.buffer);
  await room.quiet();
  assertEquals([bob.state("f"), sink.bytes], ["waiting", 0]);
});

Deno.test("bytes that are missing after the end are asked for when nothing comes any more", async () => {
  const { room, bob, tell, send, mark } = await trap(100);
  for (let i = 0; i < 2; i++) await tell({ t: "file-end", id: "f", sha256: OTHER_SHA256 });
  await send(0, 10);
  // Something comes, of whatever file: the rest may be behind it.
  for (let i = 0; i < 5; i++) {
    room.clock.advance(4_000);
    await send(0, 10, mark + 100);
  }
  assertEquals(bob.said.length, 1);
  bob.desk.pause("f", true);
  room.clock.advance(20_000);
  bob.desk.pause("f", false);
  await room.quiet();
  assertEquals(bob.said.map(({ t }) => t), ["file-accept", "file-pause", "file-pause"]);
  room.clock.advance(5_000);
  await room.quiet();
  const again = { t: "file-accept", id: "f", offset: 10, mark: bob.lastMark, to: "ada" };
  assertEquals<unknown>(bob.said.slice(3), [again]);
  assert(bob.lastMark !== mark);
  bob.desk.cancel("f");
  await room.quiet();
  assertEquals(room.clock.pending, []);
});

Deno.test("a sender that says the end again is told again how it ended", async () => {
  const { bob, tell } = await trap(0);
  await tell({ t: "file-end", id: "f", sha256: EMPTY_SHA256 });
  assertEquals(bob.state("f"), "done");
  await tell({ t: "file-end", id: "f", sha256: EMPTY_SHA256 });
  const done = { t: "file-done", id: "f", to: "ada" };
  assertEquals<unknown>(bob.said.slice(-2), [done, done]);
});
