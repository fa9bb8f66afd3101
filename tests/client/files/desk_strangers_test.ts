import { assert, assertEquals } from "@std/assert";
import type { FileFrame } from "../../../lib/protocol/file_frames.ts";
import { FileRoom, makePair } from "../../fakes/files.ts";
import { FakeFileChannel } from "../../fakes/files_channel.ts";
import { bytesOf, FakeSink, makeFile } from "../../fakes/files_content.ts";

const MIB = 1024 * 1024;
const OTHER_SHA256 = "0".repeat(64);

Deno.test("more channels than any trouble needs are refused", async () => {
  const { room, ada, bob } = makePair();
  const channels = Array.from({ length: 9 }, () => room.open(ada, bob));
  await room.quiet();
  assertEquals(channels.map(({ readyState }) => readyState).indexOf("closed"), 8);
  assertEquals(channels[0]!.other!.binaryType, "arraybuffer");
  channels[0]!.close();
  await room.quiet();
  const next = room.open(ada, bob);
  await room.quiet();
  assertEquals(next.readyState, "open");
  // All are closed when the other is gone for good, and nothing more is heard.
  bob.desk.forget("ada");
  assertEquals(next.other!.onmessage, null);
  await room.quiet();
  assertEquals(new Set(channels.map(({ readyState }) => readyState)), new Set(["closed"]));
});

Deno.test("a channel of another name is left alone", () => {
  const { ada, bob } = makePair();
  const channel = Object.assign(new FakeFileChannel(), { label: "chat" });
  bob.desk.adopt(bob.peers.get(ada.name)!, channel);
  assertEquals([channel.onmessage, channel.binaryType], [null, "blob"]);
});

Deno.test("a huge number of offers is not kept in mind", () => {
  const { bob } = makePair();
  let kept = 0;
  for (let i = 0; i < 10_000; i++) {
    if (bob.desk.expect({ id: `${i}`, name: "x", size: 1, type: "" }, "ada")) kept++;
  }
  assertEquals([kept, bob.desk.parcels.size], [2_000, 2_000]);
});

Deno.test("nobody can speak for somebody else's file", async () => {
  const room = new FileRoom();
  const [ada, bob, mallory] = ["ada", "bob", "mallory"].map((name) => room.enter(name));
  for (const other of [ada!, mallory!]) room.connect(other, bob!);
  room.prepare = (channel) => channel.isHeld = true;
  const file = makeFile(MIB);
  room.offer(ada!, [bob!], { id: "f", file });
  // The same name, from somebody else: the first one counts.
  assertEquals(bob!.desk.expect({ id: "f", name: "evil", size: 1, type: "" }, "mallory"), false);
  assertEquals(bob!.desk.expect({ id: "f", name: "evil", size: 1, type: "" }, "ada"), true);
  bob!.desk.accept("f", new FakeSink());
  await room.quiet();
  for (
    const frame of [
      { t: "file-end", id: "f", sha256: OTHER_SHA256 },
      { t: "file-cancel", id: "f", reason: "cancelled" },
      { t: "file-pause", id: "f", on: true },
    ] as const
  ) room.tell(mallory!, bob!, frame);
  ada!.channels[0]!.isHeld = false;
  ada!.channels[0]!.drain();
  await room.quiet();
  assertEquals([bob!.state("f"), bob!.parcel("f").name], ["done", "f.bin"]);
  assertEquals(await bytesOf(bob!.parcel("f").content), file.bytes);
  // Asked by somebody who does not have it, it is not told what became of it.
  room.tell(mallory!, bob!, { t: "file-ask", id: "f" });
  assertEquals(bob!.said.at(-1), { t: "file-cancel", id: "f", reason: "gone", to: "mallory" });
});

Deno.test("a receiver that says nonsense gets no further, and harms nobody else", async () => {
  const room = new FileRoom();
  const [ada, mallory, bob] = [room.enter("ada"), room.enter("mallory"), room.enter("bob")];
  for (const other of [mallory, bob]) room.connect(ada, other);
  mallory.desk.receive = () => {};
  const file = makeFile(3 * MIB);
  room.offer(ada, [bob], { id: "f", file });
  const say = async (...frames: FileFrame[]) => {
    for (const frame of frames) room.tell(mallory, ada, frame);
    await room.quiet();
  };
  const state = () => ada.transfer("f", "mallory").state;
  // Before it has accepted.
  await say(
    { t: "file-got", id: "f", offset: 5 },
    { t: "file-done", id: "f" },
    { t: "file-pause", id: "f", on: true },
    { t: "file-end", id: "f", sha256: OTHER_SHA256 },
  );
  assertEquals(ada.parcel("f").transfers, []);
  // From behind the end.
  await say({ t: "file-accept", id: "f", offset: file.size + 1, mark: 1 });
  assertEquals([state(), ada.transfer("f", "mallory").reason], ["failed", "mismatch"]);
  // More than it was sent, and done before the end.
  room.prepare = (channel) => channel.isHeld = true;
  await say(
    { t: "file-accept", id: "f", offset: 0, mark: 1 },
    { t: "file-got", id: "f", offset: file.size },
    { t: "file-done", id: "f" },
  );
  assertEquals([state(), ada.transfer("f", "mallory").bytes], ["moving", 0]);
  // Again and again: it is read a block at a time, and one channel is enough.
  for (let i = 0; i < 500; i++) await say({ t: "file-accept", id: "f", offset: i, mark: i + 2 });
  assertEquals([state(), ada.channels.length], ["waiting", 1]);
  ada.channels[0]!.drain();
  await room.quiet();
  assertEquals([state(), ada.channels.length], ["moving", 1]);
  assert(file.mostRead <= MIB);
  // A cancel of a reason that only the other side can have.
  await say({ t: "file-cancel", id: "f", reason: "disk-full" });
  assertEquals([state(), ada.transfer("f", "mallory").by], ["failed", "them"]);
  await say({ t: "file-got", id: "f", offset: 5 }, { t: "file-pause", id: "f", on: true });
  assertEquals(state(), "failed");
  // All along, another person can have it.
  room.prepare = () => {};
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals([bob.state("f"), ada.transfer("f", "bob").state], ["done", "done"]);
});

Deno.test("a peer that is heard before it is ready is answered", async () => {
  const room = new FileRoom();
  const [ada, bob] = [room.enter("ada"), room.enter("bob")];
  const { ready } = bob.desk;
  bob.desk.ready = () => {};
  room.connect(ada, bob);
  room.tell(ada, bob, { t: "file-accept", id: "f", offset: 0, mark: 1 });
  assertEquals(bob.said.length, 1);
  // And reached by its new connection, once it is ready.
  let said = 0;
  const peer = { ...bob.peers.get("ada")!, say: () => ++said > 0 };
  ready.call(bob.desk, peer);
  room.tell(ada, bob, { t: "file-accept", id: "f", offset: 0, mark: 1 });
  await room.quiet();
  assertEquals([bob.said.length, said], [1, 1]);
});

Deno.test("two files under one mark are not mixed up", async () => {
  const room = new FileRoom();
  const [ada, mallory] = [room.enter("ada"), room.enter("mallory")];
  room.connect(ada, mallory);
  mallory.desk.receive = () => {};
  room.prepare = (channel) => channel.isHeld = true;
  for (const id of ["f", "g"]) room.offer(ada, [], { id, file: makeFile(3 * MIB) });
  for (const id of ["f", "g"]) {
    room.tell(mallory, ada, { t: "file-accept", id, offset: 0, mark: 1 });
    await room.quiet();
    ada.channels[0]!.drain();
    await room.quiet();
  }
  assertEquals([ada.state("f"), ada.state("g")], ["stalled", "moving"]);
});

Deno.test("frames about files that nobody knows change nothing, and start no quarrel", async () => {
  const { room, ada, bob } = makePair();
  for (
    const frame of [
      { t: "file-accept", id: "x", offset: 0, mark: 1 },
      { t: "file-ask", id: "x" },
      { t: "file-reject", id: "x" },
      { t: "file-cancel", id: "x", reason: "gone" },
      { t: "file-pause", id: "x", on: true },
      { t: "file-got", id: "x", offset: 1 },
      { t: "file-end", id: "x", sha256: OTHER_SHA256 },
      { t: "file-done", id: "x" },
    ] as const
  ) room.tell(ada, bob, frame);
  await room.quiet();
  const gone = { t: "file-cancel", id: "x", reason: "gone", to: "ada" };
  assertEquals<unknown>([bob.said, ada.said], [[gone, gone], []]);
  for (const act of ["reject", "cancel", "discard"] as const) bob.desk[act]("x");
  bob.desk.pause("x", true);
  bob.desk.lose("nobody");
  bob.desk.forget("nobody");
  const sink = new FakeSink();
  bob.desk.accept("x", sink);
  assertEquals([sink.calls, bob.desk.parcels.size], [["abort"], 0]);
});

Deno.test("a sink for a file that is here, or on its way, is dropped", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(9) });
  const sinks = [new FakeSink(), new FakeSink(), new FakeSink()];
  bob.desk.accept("f", sinks[0]!);
  bob.desk.accept("f", sinks[1]!);
  await room.quiet();
  bob.desk.accept("f", sinks[2]!);
  assertEquals(sinks.map(({ calls }) => calls), [["close"], ["abort"], ["abort"]]);
  assertEquals(bob.state("f"), "done");
});
