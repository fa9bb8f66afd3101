import { assert, assertEquals } from "@std/assert";
import { BlobRoom } from "../../../lib/client/files/blob_sink.ts";
import { SinkError } from "../../../lib/client/files/sink.ts";
import { FileRoom, makePair } from "../../fakes/files.ts";
import { bytesOf, FakeSink, makeFile } from "../../fakes/files_content.ts";

const MIB = 1024 * 1024;

for (const who of ["ada", "bob"] as const) {
  Deno.test(`${who === "ada" ? "the sender" : "the receiver"} holds a file, and lets it go on`, async () => {
    const { room, ada, bob } = makePair();
    const [one, other] = who === "ada" ? [ada, bob] : [bob, ada];
    room.prepare = (channel) => channel.isHeld = true;
    room.offer(ada, [bob], { id: "f", file: makeFile(4 * MIB) });
    bob.desk.accept("f", new FakeSink());
    await room.quiet();
    one.desk.pause("f", true);
    one.desk.pause("f", true);
    await room.quiet();
    const { isPausedByUs, isPausedByThem } = one.transfer("f");
    assertEquals([one.state("f"), other.state("f")], ["paused", "paused"]);
    assertEquals([isPausedByUs, isPausedByThem], [true, false]);
    assertEquals([other.transfer("f").isPausedByUs, other.transfer("f").isPausedByThem], [
      false,
      true,
    ]);
    const [channel] = ada.channels;
    channel!.drain();
    await room.quiet();
    assertEquals(channel!.bufferedAmount, 0);
    // Both hold it: one of them letting go is not enough.
    other.desk.pause("f", true);
    await room.quiet();
    one.desk.pause("f", false);
    await room.quiet();
    assertEquals([one.state("f"), other.state("f"), channel!.bufferedAmount], [
      "paused",
      "paused",
      0,
    ]);
    other.desk.pause("f", false);
    await room.quiet();
    assert(channel!.bufferedAmount > 0);
    channel!.isHeld = false;
    channel!.drain();
    await room.quiet();
    assertEquals([one.state("f"), other.state("f")], ["done", "done"]);
  });

  Deno.test(`${who === "ada" ? "the sender" : "the receiver"} cancels a file on its way`, async () => {
    const { room, ada, bob } = makePair();
    const [one, other] = who === "ada" ? [ada, bob] : [bob, ada];
    room.prepare = (channel) => channel.isHeld = true;
    room.offer(ada, [bob], { id: "f", file: makeFile(4 * MIB) });
    const sink = new FakeSink();
    bob.desk.accept("f", sink);
    await room.quiet();
    ada.channels[0]!.drain(9);
    await room.quiet();
    one.desk.cancel("f");
    one.desk.cancel("f");
    await room.quiet();
    assertEquals([one.state("f"), other.state("f")], ["cancelled", "cancelled"]);
    assertEquals([one.transfer("f").by, other.transfer("f").by], ["us", "them"]);
    assertEquals([sink.calls, sink.bytes], [["abort"], 0]);
    // What comes late is dropped.
    ada.channels[0]!.drain();
    await room.quiet();
    assertEquals([sink.calls, sink.bytes, ada.parcel("f").isWithdrawn], [
      ["abort"],
      0,
      who === "ada",
    ]);
    assertEquals(room.clock.pending, []);
  });
}

Deno.test("a file that is withdrawn cannot be had any more, and is let go", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(9) });
  assertEquals(ada.parcel("f").isWithdrawn, false);
  for (let i = 0; i < 2; i++) ada.desk.cancel("f");
  assertEquals([ada.parcel("f").isWithdrawn, ada.parcel("f").content], [true, undefined]);
  await room.quiet();
  room.tell(bob, ada, { t: "file-accept", id: "f", offset: 0, mark: 1 });
  const cancel = { t: "file-cancel", id: "f", reason: "cancelled", to: "bob" };
  assertEquals<unknown>([ada.said, ada.parcel("f").transfers], [[cancel, cancel], []]);
  assertEquals([bob.state("f"), bob.transfer("f").by], ["cancelled", "them"]);
  const sink = new FakeSink();
  bob.desk.accept("f", sink);
  assertEquals([bob.state("f"), sink.calls], ["cancelled", ["abort"]]);
});

Deno.test("a file that its receiver cancelled is to be had again", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(9) });
  bob.desk.cancel("f", { reason: "too-big" });
  await room.quiet();
  assertEquals([ada.state("f"), ada.transfer("f").reason, ada.transfer("f").by], [
    "failed",
    "too-big",
    "them",
  ]);
  assertEquals([bob.state("f"), bob.transfer("f").reason, bob.transfer("f").by], [
    "failed",
    "too-big",
    "us",
  ]);
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
});

Deno.test("a file of ours is cancelled with one person, and goes on to another", async () => {
  const room = new FileRoom();
  const [ada, bob, cid] = ["ada", "bob", "cid"].map((name) => room.enter(name));
  for (const other of [bob!, cid!]) room.connect(ada!, other);
  room.prepare = (channel) => channel.isHeld = true;
  room.offer(ada!, [bob!, cid!], { id: "f", file: makeFile(2 * MIB) });
  for (const { desk } of [bob!, cid!]) desk.accept("f", new FakeSink());
  await room.quiet();
  ada!.desk.cancel("f", { person: "bob" });
  for (const channel of ada!.channels) {
    channel.isHeld = false;
    channel.drain();
  }
  await room.quiet();
  assertEquals([bob!.state("f"), cid!.state("f")], ["cancelled", "done"]);
  assertEquals([ada!.transfer("f", "bob").by, ada!.parcel("f").isWithdrawn], ["us", false]);
  // Asking for it again does not help.
  room.tell(bob!, ada!, { t: "file-accept", id: "f", offset: 0, mark: 99 });
  assertEquals(ada!.transfer("f", "bob").state, "cancelled");
  const last = { t: "file-cancel", id: "f", reason: "cancelled", to: "bob" };
  assertEquals<unknown>(ada!.said.at(-1), last);
});

for (
  const [error, reason] of [
    [new DOMException("", "QuotaExceededError"), "disk-full"],
    [new DOMException("", "NotFoundError"), "unwritable"],
    [new SinkError("too-big"), "too-big"],
  ] as const
) {
  Deno.test(`a sink that fails ends the file at both ends: ${reason}`, async () => {
    for (const size of [MIB, 0]) {
      const { room, ada, bob } = makePair();
      room.offer(ada, [bob], { id: "f", file: makeFile(size) });
      const sink = new FakeSink();
      sink.error = error;
      bob.desk.accept("f", sink);
      await room.quiet();
      assertEquals([ada.transfer("f").reason, bob.transfer("f").reason], [reason, reason]);
      assertEquals([ada.transfer("f").by, bob.transfer("f").by], ["them", "us"]);
      assertEquals(sink.calls.at(-1), "abort");
      // It may be tried again, from the beginning.
      bob.desk.accept("f", new FakeSink());
      await room.quiet();
      assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
    }
  });
}

Deno.test("a file that cannot be read any more ends at both ends", async () => {
  for (const size of [0, MIB / 2, 3 * MIB]) {
    const { room, ada, bob } = makePair();
    room.prepare = (channel) => channel.isHeld = true;
    const file = makeFile(3 * MIB);
    room.offer(ada, [bob], { id: "f", file });
    bob.desk.accept("f", new FakeSink());
    if (size === 0) file.isReadable = false;
    await room.quiet();
    file.isReadable = false;
    ada.channels[0]!.isHeld = false;
    ada.channels[0]!.drain();
    await room.quiet();
    assertEquals([ada.transfer("f").reason, bob.transfer("f").reason], [
      "unreadable",
      "unreadable",
    ]);
    assertEquals([ada.transfer("f").by, bob.transfer("f").by], ["us", "them"]);
  }
});

Deno.test("a file that arrives as a Blob is dropped with its offer", async () => {
  const { room, ada, bob } = makePair();
  const file = makeFile(MIB + 1);
  room.offer(ada, [bob], { id: "f", file });
  bob.desk.accept("f", new BlobRoom().open({ size: file.size, type: "image/png" })!);
  await room.quiet();
  assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
  assertEquals(bob.parcel("f").content?.type, "image/png");
  bob.desk.discard("f");
  assertEquals(bob.desk.parcels.size, 0);
  ada.desk.discard("f");
  assertEquals(ada.desk.parcels.size, 0);
});

Deno.test("FileDesk.discard() ends what is under way, and drops what came", async () => {
  const { room, ada, bob } = makePair();
  room.prepare = (channel) => channel.isHeld = true;
  for (const id of ["f", "g"]) room.offer(ada, [bob], { id, file: makeFile(MIB) });
  const sinks = [new FakeSink(), new FakeSink()];
  bob.desk.accept("f", sinks[0]!);
  bob.desk.accept("g", sinks[1]!);
  await room.quiet();
  bob.desk.discard("f");
  await room.quiet();
  assertEquals([ada.state("f"), sinks[0]!.calls, bob.desk.parcels.has("f")], ["cancelled", [
    "abort",
  ], false]);
  ada.channels[0]!.isHeld = false;
  ada.channels[0]!.drain();
  await room.quiet();
  assertEquals(bob.state("g"), "done");
  bob.desk.discard("g");
  assertEquals(sinks[1]!.calls, ["close", "dispose"]);
});

Deno.test("FileDesk.close() drops everything, and leaves nothing running", async () => {
  const { room, ada, bob } = makePair();
  room.prepare = (channel) => channel.isHeld = true;
  for (const id of ["f", "g"]) room.offer(ada, [bob], { id, file: makeFile(MIB) });
  const sink = new FakeSink();
  bob.desk.accept("f", sink);
  await room.quiet();
  ada.channels[0]!.drain(10);
  await room.quiet();
  for (const { desk } of [ada, bob]) {
    desk.close();
    desk.close();
  }
  const reports = bob.reports;
  await room.quiet();
  assertEquals([sink.calls, room.clock.pending, bob.reports], [["abort"], [], reports]);
  assertEquals(ada.channels.map(({ readyState }) => readyState), ["closed"]);
  const late = new FakeSink();
  bob.desk.accept("g", late);
  assertEquals(late.calls, ["abort"]);
});
