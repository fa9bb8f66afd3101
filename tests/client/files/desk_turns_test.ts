import { assert, assertEquals } from "@std/assert";
import { HIGH_WATER } from "../../../lib/client/files/lane.ts";
import { FILE_WINDOW } from "../../../lib/protocol/file_frames.ts";
import { FileRoom, makePair } from "../../fakes/files.ts";
import { bytesOf, FakeSink, makeFile } from "../../fakes/files_content.ts";

const MIB = 1024 * 1024;

/** The mark of a message. */
const markOf = (message: Uint8Array) => new DataView(message.buffer).getUint32(0);

Deno.test("200 files at once all arrive, and a few of them move at a time", async () => {
  const { room, ada, bob } = makePair();
  room.prepare = (channel) => channel.isHeld = true;
  const ids = Array.from({ length: 200 }, (_, i) => `file${i}`);
  const files = ids.map((_, i) => makeFile(i === 7 ? 0 : 50_000 + i, i));
  ids.forEach((id, i) => room.offer(ada, [bob], { id, file: files[i]! }));
  for (const id of ids) bob.desk.accept(id, new FakeSink());
  await room.quiet();
  const [channel] = ada.channels;
  let most = 0;
  for (let rounds = 0; rounds < 2_000 && !ids.every((id) => bob.state(id) === "done"); rounds++) {
    channel!.drain(5);
    await room.quiet();
    const states = ids.map((id) => bob.state(id));
    most = Math.max(most, states.filter((state) => state === "moving").length);
  }
  assertEquals(
    new Set(ids.map((id) => `${ada.state(id)} ${bob.state(id)}`)),
    new Set(["done done"]),
  );
  for (const [i, id] of ids.entries()) {
    assertEquals(await bytesOf(bob.parcel(id).content), files[i]!.bytes);
  }
  // What was sent is still on its way while the next ones are.
  assert(most >= 1 && most < 30, `${most}`);
  assertEquals(ada.channels.length, 1);
});

Deno.test("four of many files move, and the others wait until one has nothing left to send", async () => {
  const { room, ada, bob } = makePair();
  room.prepare = (channel) => channel.isHeld = true;
  const ids = [..."abcdef"];
  for (const id of ids) room.offer(ada, [bob], { id, file: makeFile(3 * MIB) });
  for (const id of ids) bob.desk.accept(id, new FakeSink());
  await room.quiet();
  const states = () => ids.map((id) => ada.state(id)).join(" ");
  assertEquals(states(), "moving moving moving moving waiting waiting");
  bob.desk.pause("b", true);
  await room.quiet();
  ada.channels[0]!.drain();
  await room.quiet();
  assertEquals(states(), "moving paused moving moving moving waiting");
  // Its turn has gone to another.
  bob.desk.pause("b", false);
  await room.quiet();
  ada.channels[0]!.drain();
  await room.quiet();
  assertEquals(states(), "moving waiting moving moving moving waiting");
  ada.desk.cancel("c");
  await room.quiet();
  ada.channels[0]!.drain();
  await room.quiet();
  assertEquals(states(), "moving moving cancelled moving moving waiting");
});

Deno.test("files that move take turns by the chunk, a big one with a small one", async () => {
  const { room, ada, bob } = makePair();
  for (const [id, size] of [["a", 6 * MIB], ["b", 2 * MIB], ["c", 2 * MIB]] as const) {
    room.offer(ada, [bob], { id, file: makeFile(size) });
    bob.desk.accept(id, new FakeSink());
  }
  await room.quiet();
  assertEquals([..."abc"].map((id) => bob.state(id)), ["done", "done", "done"]);
  const marks = ada.channels[0]!.sent.map(markOf);
  // As long as all three have bytes left, none is ahead of another by more than what a read takes.
  const counts = new Map<number, number>();
  for (const mark of marks.slice(0, 360)) {
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
    assert(Math.max(...counts.values()) - Math.min(...counts.values()) <= 66, `${[...counts]}`);
  }
  assertEquals(counts.size, 3);
});

Deno.test("the browser never has more waiting than the high-water mark, whatever moves", async () => {
  const { room, ada, bob } = makePair();
  room.prepare = (channel) => channel.isHeld = true;
  for (const id of "abcdef") room.offer(ada, [bob], { id, file: makeFile(2 * MIB) });
  for (const id of "abcdef") bob.desk.accept(id, new FakeSink());
  await room.quiet();
  const [channel] = ada.channels;
  for (let rounds = 0; channel!.bufferedAmount > 0 && rounds < 5_000; rounds++) {
    channel!.drain(3);
    await room.quiet();
  }
  assertEquals([..."abcdef"].map((id) => bob.state(id)), Array(6).fill("done"));
  assert(channel!.mostBuffered > HIGH_WATER / 2);
  assert(channel!.mostBuffered <= HIGH_WATER, `${channel!.mostBuffered}`);
});

Deno.test("no more is under way than the window, however slow the other disk is", async () => {
  const { room, ada, bob } = makePair();
  const files = [makeFile(12 * MIB), makeFile(12 * MIB, 1)];
  const sinks = [new FakeSink(), new FakeSink()];
  for (const [i, id] of ["a", "b"].entries()) {
    sinks[i]!.isHeld = true;
    room.offer(ada, [bob], { id, file: files[i]! });
    bob.desk.accept(id, sinks[i]!);
  }
  await room.quiet();
  const sent = () => ada.channels[0]!.sent.reduce((sum, { length }) => sum + length - 12, 0);
  assert(sent() > FILE_WINDOW - MIB && sent() <= FILE_WINDOW + 16_384, `${sent()}`);
  assertEquals([bob.state("a"), bob.state("b")], ["moving", "moving"]);
  // No file has all of the window for itself.
  const counts = Map.groupBy(ada.channels[0]!.sent, markOf);
  assertEquals([...counts.values()].map(({ length }) => Math.round(length / 64)), [4, 4]);
  // Each write that is done makes room, and no more than that.
  for (let write = 0; write < 200; write++) {
    const before = sent() - sinks[0]!.bytes - sinks[1]!.bytes;
    assert(before <= FILE_WINDOW + 16_384, `${before}`);
    for (const sink of sinks) sink.release();
    await room.quiet();
  }
  assertEquals([bob.state("a"), bob.state("b")], ["done", "done"]);
  // And no more than a block of a file is ever read at a time.
  assert(files[0]!.mostRead <= MIB);
});

Deno.test("a file alone may have all of the window, and a slow one does not hold up another", async () => {
  const { room, ada, bob } = makePair();
  const slow = new FakeSink();
  slow.isHeld = true;
  room.offer(ada, [bob], { id: "slow", file: makeFile(12 * MIB) });
  bob.desk.accept("slow", slow);
  await room.quiet();
  const sent = () => ada.channels[0]!.sent.reduce((sum, { length }) => sum + length - 12, 0);
  assert(sent() > FILE_WINDOW - 16_384);
  room.offer(ada, [bob], { id: "fast", file: makeFile(MIB) });
  bob.desk.accept("fast", new FakeSink());
  for (let write = 0; write < 8; write++) {
    await room.quiet();
    slow.release();
  }
  await room.quiet();
  assertEquals([bob.state("slow"), bob.state("fast")], ["moving", "done"]);
});

Deno.test("a file that waits gets the turn of one that is over, though nothing else moves", async () => {
  const { room, ada, bob } = makePair();
  for (const id of "abcde") {
    const sink = new FakeSink();
    sink.isHeld = id !== "e";
    room.offer(ada, [bob], { id, file: makeFile(id === "e" ? 9 : 20 * MIB) });
    bob.desk.accept(id, sink);
  }
  await room.quiet();
  assertEquals([bob.state("a"), bob.state("e")], ["moving", "waiting"]);
  bob.desk.cancel("a");
  await room.quiet();
  assertEquals(bob.state("e"), "done");
});

Deno.test("a file whose sink does nothing any more leaves room for another", async () => {
  const { room, ada, bob } = makePair();
  const stuck = new FakeSink();
  stuck.isHeld = true;
  for (const [id, sink] of [["stuck", stuck], ["other", new FakeSink()]] as const) {
    room.offer(ada, [bob], { id, file: makeFile(20 * MIB) });
    bob.desk.accept(id, sink);
  }
  await room.quiet();
  assertEquals([bob.state("stuck"), bob.state("other")], ["moving", "done"]);
});

Deno.test("files go both ways at once, and from one to several", async () => {
  const room = new FileRoom();
  const people = ["ada", "bob", "cid"].map((name) => room.enter(name));
  for (const [i, one] of people.entries()) {
    for (const other of people.slice(i + 1)) room.connect(one, other);
  }
  const files = people.map((_, i) => makeFile(2 * MIB + i, i));
  for (const [i, person] of people.entries()) {
    const others = people.filter((other) => other !== person);
    room.offer(person, others, { id: person.name, file: files[i]! });
    for (const { desk } of others) desk.accept(person.name, new FakeSink());
  }
  await room.quiet();
  for (const [i, person] of people.entries()) {
    assertEquals(person.state(person.name), "done done");
    for (const other of people.filter((one) => one !== person)) {
      assertEquals(await bytesOf(other.parcel(person.name).content), files[i]!.bytes);
    }
  }
});

Deno.test("bytes are reported five times a second at most, a new state at once", async () => {
  const { room, ada, bob } = makePair();
  room.prepare = (channel) => channel.isHeld = true;
  room.offer(ada, [bob], { id: "f", file: makeFile(8 * MIB) });
  await room.quiet();
  assertEquals(bob.reports, 1);
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals([bob.reports, ada.reports], [2, 3]);
  const [channel] = ada.channels;
  channel!.drain(4);
  await room.quiet();
  // It moves.
  assertEquals(bob.reports, 3);
  for (let step = 0; step < 20; step++) {
    channel!.drain(4);
    await room.quiet();
    room.clock.advance(50);
  }
  // For a second, every 200 ms.
  assertEquals(bob.reports, 8);
  room.clock.advance(10_000);
  const { reports } = bob;
  // Nothing moves, and the rate is 0: nothing new is to be seen.
  assertEquals(bob.transfer("f").rate, 0);
  // Until then it sank, once in a second.
  assert(reports >= 12 && reports <= 16, `${reports}`);
  room.clock.advance(10_000);
  assertEquals(bob.reports, reports);
  bob.desk.pause("f", true);
  await room.quiet();
  assertEquals([bob.reports, room.clock.pending], [reports + 1, []]);
});
