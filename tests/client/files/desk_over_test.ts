import { assertEquals } from "@std/assert";
import type { FileFrame } from "../../../lib/protocol/file_frames.ts";
import { type FilePerson, type FileRoom, makePair } from "../../fakes/files.ts";
import { FakeSink, makeFile } from "../../fakes/files_content.ts";
import { startFile } from "../../fakes/files_halfway.ts";

const MIB = 1024 * 1024;
const SHA256 = "0".repeat(64);

/** Everything that either side can say about a file that it does not begin anew. */
const WORDS: FileFrame[] = [
  { t: "file-got", id: "f", offset: 1 },
  { t: "file-done", id: "f" },
  { t: "file-end", id: "f", sha256: SHA256 },
  { t: "file-ask", id: "f" },
  { t: "file-pause", id: "f", on: true },
  { t: "file-reject", id: "f" },
  { t: "file-cancel", id: "f", reason: "disk-full" },
  { t: "file-cancel", id: "f", reason: "gone" },
];

/** Has both say everything, and do everything, to a file that is over; answers with what is to be seen. */
async function stir(room: FileRoom, [ada, bob]: [FilePerson, FilePerson]): Promise<unknown[]> {
  for (const [one, other] of [[ada, bob], [bob, ada]] as const) {
    for (const frame of WORDS) {
      room.tell(one, other, frame);
      await room.quiet();
    }
    one.desk.pause("f", true);
    one.desk.reject("f");
    await room.quiet();
  }
  return [ada.transfer("f"), bob.transfer("f")];
}

Deno.test("nothing that is said of a file that is done changes it", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(9) });
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  const before = [ada.transfer("f"), bob.transfer("f")];
  assertEquals(before.map(({ state }) => state), ["done", "done"]);
  assertEquals(await stir(room, [ada, bob]), before);
  bob.desk.cancel("f");
  for (const [one, other] of [[ada, bob], [bob, ada]] as const) one.desk.forget(other.name);
  assertEquals([ada.transfer("f"), bob.transfer("f")], before);
  room.connect(ada, bob);
  await room.quiet();
  assertEquals([ada.transfer("f"), bob.transfer("f")], before);
});

for (const who of ["ada", "bob"] as const) {
  Deno.test(`nothing that is said of a file that ${who} cancelled changes it`, async () => {
    const { room, ada, bob } = await startFile();
    (who === "ada" ? ada : bob).desk.cancel("f");
    await room.quiet();
    const before = [ada.transfer("f"), bob.transfer("f")];
    assertEquals(before.map(({ state }) => state), ["cancelled", "cancelled"]);
    assertEquals(await stir(room, [ada, bob]), before);
  });
}

Deno.test("a file that nobody accepted cannot be held", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(9) });
  for (const { desk } of [ada, bob]) desk.pause("f", true);
  room.tell(ada, bob, { t: "file-pause", id: "f", on: true });
  room.tell(bob, ada, { t: "file-pause", id: "f", on: true });
  await room.quiet();
  assertEquals([ada.said, bob.said, bob.transfer("f").isPausedByThem], [[], [], false]);
});

Deno.test("a file is held with one word, however often it is asked for", async () => {
  const { room, ada, bob } = await startFile();
  for (const { desk, said } of [ada, bob]) {
    said.splice(0);
    for (const on of [false, true, true, false, false]) desk.pause("f", on);
    assertEquals(said.map((frame) => frame.t === "file-pause" && frame.on), [true, false]);
    await room.quiet();
  }
});

Deno.test("a file that could be read no more is sent when it can be again", async () => {
  const { room, ada, bob } = makePair();
  const file = makeFile(MIB);
  file.isReadable = false;
  room.offer(ada, [bob], { id: "f", file });
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["failed", "failed"]);
  file.isReadable = true;
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
});

Deno.test("a file that goes on waits for its turn, and its rate knows nothing of the time between", async () => {
  const { room, ada, bob, sink } = await startFile();
  const had = sink.bytes;
  room.cut(ada, bob);
  room.clock.advance(60_000);
  room.connect(ada, bob);
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["moving", "waiting"]);
  ada.channels[1]!.drain(32);
  await room.quiet();
  room.clock.advance(1_200);
  for (const { bytes, rate } of [ada.transfer("f"), bob.transfer("f")]) {
    assertEquals(rate, Math.round((bytes - had) / 1.2));
  }
});

Deno.test("FileDesk.close() waits for no bytes that are missing", async () => {
  const { room, ada, bob } = makePair();
  ada.desk.receive = () => {};
  bob.desk.expect({ id: "f", name: "x", size: 9, type: "" }, "ada");
  bob.desk.accept("f", new FakeSink());
  room.tell(ada, bob, { t: "file-end", id: "f", sha256: SHA256 });
  await room.quiet();
  assertEquals(room.clock.pending, [5_000]);
  bob.desk.close();
  assertEquals(room.clock.pending, []);
});

Deno.test("a file that cannot be read for its sum ends at both ends", async () => {
  const { room, ada, bob } = makePair();
  const file = makeFile(MIB);
  file.isReadable = false;
  room.offer(ada, [bob], { id: "f", file });
  bob.desk.receive = () => {};
  room.tell(bob, ada, { t: "file-accept", id: "f", offset: MIB, mark: 1 });
  await room.quiet();
  assertEquals([ada.state("f"), ada.transfer("f").reason], ["failed", "unreadable"]);
  assertEquals(ada.said.map(({ t }) => t), ["file-cancel"]);
});

Deno.test("a file that is cancelled while it is put in its place is taken away again", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(0) });
  const sink = new FakeSink();
  sink.isHeld = true;
  bob.desk.accept("f", sink);
  await room.quiet();
  assertEquals(bob.state("f"), "verifying");
  // The end is said again, as after a connection that broke.
  room.tell(ada, bob, { t: "file-end", id: "f", sha256: SHA256 });
  await room.quiet();
  assertEquals(bob.state("f"), "verifying");
  ada.desk.cancel("f");
  await room.quiet();
  sink.release();
  await room.quiet();
  assertEquals([bob.state("f"), sink.calls], ["cancelled", ["close", "abort", "dispose"]]);
  assertEquals(bob.parcel("f").content, undefined);
});
