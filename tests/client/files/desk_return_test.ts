import { assertEquals } from "@std/assert";
import { BLOCK_BYTES } from "../../../lib/client/files/source.ts";
import { makePair } from "../../fakes/files.ts";
import { bytesOf, FakeSink, makeFile } from "../../fakes/files_content.ts";
import { finish, startFile } from "../../fakes/files_halfway.ts";

const MIB = 1024 * 1024;

for (const who of ["ada", "bob"] as const) {
  Deno.test(`a file is held by ${who} across a connection that broke`, async () => {
    const { room, ada, bob } = await startFile();
    const [one, other] = who === "ada" ? [ada, bob] : [bob, ada];
    room.cut(ada, bob);
    one.desk.pause("f", true);
    room.connect(ada, bob);
    await finish({ room, ada });
    assertEquals([one.state("f"), other.state("f")], ["paused", "paused"]);
    assertEquals([one.transfer("f").isPausedByUs, other.transfer("f").isPausedByThem], [
      true,
      true,
    ]);
    // Let go while nobody hears it.
    room.cut(ada, bob);
    one.desk.pause("f", false);
    room.connect(ada, bob);
    await room.quiet();
    assertEquals(other.transfer("f").isPausedByThem, false);
    await finish({ room, ada });
    assertEquals([one.state("f"), other.state("f")], ["done", "done"]);
  });

  Deno.test(`a file that ${who} cancels unheard is cancelled at the other end later`, async () => {
    const { room, ada, bob, sink } = await startFile();
    const [one, other] = who === "ada" ? [ada, bob] : [bob, ada];
    room.cut(ada, bob);
    one.desk.cancel("f");
    assertEquals([one.state("f"), other.state("f")], ["cancelled", "stalled"]);
    room.connect(ada, bob);
    await room.quiet();
    assertEquals([one.state("f"), other.state("f")], ["cancelled", "cancelled"]);
    assertEquals(sink.calls, ["abort"]);
  });
}

Deno.test("a file that nobody had accepted is rejected, or withdrawn, unheard", async () => {
  const { room, ada, bob } = makePair();
  for (const id of ["f", "g", "h"]) room.offer(ada, [bob], { id, file: makeFile(9) });
  room.cut(ada, bob);
  bob.desk.reject("f");
  ada.desk.cancel("g");
  bob.desk.accept("h", new FakeSink());
  bob.desk.cancel("h");
  room.connect(ada, bob);
  await room.quiet();
  assertEquals(["f", "h"].map((id) => ada.state(id)), ["rejected", "cancelled"]);
  assertEquals(["f", "g", "h"].map((id) => bob.state(id)), ["rejected", "cancelled", "cancelled"]);
});

Deno.test("a file whose last word was lost is done all the same", async () => {
  const { room, ada, bob } = await startFile({ drained: 0 });
  room.deaf.add("ada");
  await finish({ room, ada });
  room.deaf.clear();
  room.cut(ada, bob);
  // Everything arrived, and nothing of that was heard: the first 6 MiB were still in the window.
  assertEquals([ada.state("f"), bob.state("f")], ["stalled", "done"]);
  room.connect(ada, bob);
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
});

Deno.test("a file whose end was not heard is verified after the connection is back", async () => {
  const { room, ada, bob, file } = await startFile({ drained: 0 });
  room.deaf.add("bob");
  await finish({ room, ada });
  assertEquals([ada.state("f"), bob.state("f")], ["verifying", "verifying"]);
  room.deaf.clear();
  room.cut(ada, bob);
  assertEquals([ada.state("f"), bob.state("f")], ["stalled", "stalled"]);
  room.connect(ada, bob);
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
  assertEquals(ada.channels.length, 1);
  assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
});

Deno.test("a file that is closed at the receiver when the connection breaks is done", async () => {
  const { room, ada, bob, sink } = await startFile({ drained: 0 });
  for (const channel of ada.channels) channel.isHeld = false;
  const { close } = sink;
  sink.close = () => {
    sink.isHeld = true;
    return close.call(sink);
  };
  await finish({ room, ada });
  assertEquals(bob.state("f"), "verifying");
  room.cut(ada, bob);
  assertEquals(bob.state("f"), "verifying");
  sink.release();
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["stalled", "done"]);
  room.connect(ada, bob);
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
});

Deno.test("a sender whose page was reloaded says that the file is gone", async () => {
  const { room, ada, bob, sink } = await startFile();
  room.cut(ada, bob);
  const again = room.enter("ada");
  room.connect(again, bob);
  await room.quiet();
  assertEquals([bob.state("f"), bob.transfer("f").reason, bob.transfer("f").by], [
    "failed",
    "gone",
    "them",
  ]);
  assertEquals(sink.calls, ["abort"]);
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals([bob.state("f"), bob.transfer("f").reason], ["failed", "gone"]);
});

Deno.test("a receiver whose page was reloaded may accept the file again, from the beginning", async () => {
  const { room, ada, bob, file } = await startFile();
  room.cut(ada, bob);
  const again = room.enter("bob");
  again.desk.expect({ id: "f", name: "f", size: file.size, type: "" }, "ada");
  room.connect(ada, again);
  await room.quiet();
  assertEquals([ada.state("f"), again.state("f")], ["offered", "offered"]);
  assertEquals(ada.transfer("f").bytes, 0);
  again.desk.accept("f", new FakeSink());
  await finish({ room, ada });
  assertEquals([ada.state("f"), again.state("f")], ["done", "done"]);
  assertEquals(await bytesOf(again.parcel("f").content), file.bytes);
});

Deno.test("a person who left for good ends what was under way, and may come back", async () => {
  const { room, ada, bob, file, sink } = await startFile();
  room.offer(ada, [bob], { id: "g", file: makeFile(9) });
  room.cut(ada, bob);
  ada.desk.forget("bob");
  bob.desk.forget("ada");
  assertEquals([ada.state("f"), bob.state("f"), bob.state("g")], ["failed", "failed", "failed"]);
  assertEquals([ada.transfer("f").reason, bob.transfer("f").reason], ["left", "left"]);
  assertEquals(sink.calls, ["abort"]);
  await room.quiet();
  assertEquals(room.clock.pending, []);
  room.connect(ada, bob);
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f"), bob.state("g")], ["offered", "offered", "offered"]);
  bob.desk.accept("f", new FakeSink());
  await finish({ room, ada });
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
  assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
});

Deno.test("what a browser loses in the moment a channel opens is sent again", async () => {
  for (
    const [size, losses] of [[MIB, 3], [9, 1], [4 * BLOCK_BYTES, 64]] as const
  ) {
    const { room, ada, bob } = makePair();
    room.prepare = (channel) => channel.losses = losses;
    const file = makeFile(size);
    room.offer(ada, [bob], { id: "f", file });
    bob.desk.accept("f", new FakeSink());
    await room.quiet();
    // Where nothing at all arrived, nothing tells but the silence.
    if (size === 9) {
      assertEquals(bob.state("f"), "waiting");
      room.clock.advance(4_999);
      await room.quiet();
      assertEquals(bob.state("f"), "waiting");
      room.clock.advance(1);
      await room.quiet();
    }
    assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
    assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
    assertEquals(room.clock.pending, []);
  }
});
