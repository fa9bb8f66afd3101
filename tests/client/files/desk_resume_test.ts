import { assert, assertEquals } from "@std/assert";
import { FileRoom, makePair } from "../../fakes/files.ts";
import { bytesOf, FakeSink, makeFile } from "../../fakes/files_content.ts";
import { finish, startFile } from "../../fakes/files_halfway.ts";

const MIB = 1024 * 1024;

Deno.test("a file goes on from the last byte after the connection broke, and is whole", async () => {
  const { room, ada, bob, file, sink } = await startFile();
  const had = sink.bytes;
  assert(had > MIB);
  room.cut(ada, bob);
  assertEquals([ada.state("f"), bob.state("f")], ["stalled", "stalled"]);
  assertEquals([ada.transfer("f").rate, bob.transfer("f").bytes], [0, had]);
  room.connect(ada, bob);
  await finish({ room, ada });
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
  assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
  assertEquals(sink.calls, ["close"]);
  const accepts = bob.said.flatMap((frame) => frame.t === "file-accept" ? [frame] : []);
  assertEquals(accepts[0]!.offset, 0);
  assertEquals(accepts.slice(1).every(({ offset }) => offset === had), true);
  assertEquals(new Set(accepts.map(({ mark }) => mark)).size, accepts.length);
  // What was there is not sent again.
  const again = ada.channels[1]!.sent.reduce((sum, { length }) => sum + length - 12, 0);
  assertEquals(again, file.size - had);
});

Deno.test("a file goes on although only one side noticed that the connection broke", async () => {
  for (const who of ["ada", "bob"] as const) {
    const { room, ada, bob, file } = await startFile();
    const [one, other] = who === "ada" ? [ada, bob] : [bob, ada];
    one.desk.lose(other.name);
    assertEquals(one.state("f"), "stalled");
    one.desk.ready(one.peers.get(other.name)!);
    await finish({ room, ada });
    assertEquals([ada.state("f"), bob.state("f")], ["done", "done"], who);
    assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
  }
});

Deno.test("a file goes on although nobody noticed that the connection broke", async () => {
  const { room, ada, bob, file } = await startFile();
  room.cut(ada, bob, { isNoticed: false });
  room.connect(ada, bob);
  await finish({ room, ada });
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
  assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
});

Deno.test("a file goes on where only its channel closed, a second later", async () => {
  for (const end of ["near", "far"]) {
    const { room, ada, bob, file } = await startFile();
    const [channel] = ada.channels;
    (end === "near" ? channel! : channel!.other!).close();
    await room.quiet();
    assertEquals(ada.state("f"), "stalled");
    room.clock.advance(1_000);
    await finish({ room, ada });
    assertEquals([ada.state("f"), bob.state("f"), ada.channels.length], ["done", "done", 2]);
    assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
  }
});

Deno.test("a channel that closed is not tried again once the connection is lost", async () => {
  const { room, ada, bob } = await startFile();
  ada.channels[0]!.close();
  await room.quiet();
  room.cut(ada, bob);
  await room.quiet();
  assertEquals(room.clock.pending, []);
});

Deno.test("a file goes on where no channel could be opened at first", async () => {
  const { room, ada, bob } = makePair();
  const peer = ada.peers.get("bob")!;
  const { openChannel } = peer;
  let attempts = 0;
  peer.openChannel = () => {
    if (++attempts === 1) throw new DOMException("", "InvalidStateError");
    return attempts === 2 ? undefined : openChannel();
  };
  room.offer(ada, [bob], { id: "f", file: makeFile(MIB) });
  bob.desk.accept("f", new FakeSink());
  for (let second = 0; second < 2; second++) {
    await room.quiet();
    assertEquals(ada.state("f"), "stalled");
    room.clock.advance(1_000);
  }
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f"), attempts], ["done", "done", 3]);
});

Deno.test("a file that was accepted while the connection was away comes when it is back", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(MIB) });
  room.cut(ada, bob);
  bob.desk.accept("f", new FakeSink());
  assertEquals(bob.state("f"), "stalled");
  room.connect(ada, bob);
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
});

Deno.test("two people of whom one has gone on keep their files apart", async () => {
  const room = new FileRoom();
  const [ada, bob, cid] = ["ada", "bob", "cid"].map((name) => room.enter(name));
  for (const other of [bob!, cid!]) room.connect(ada!, other);
  room.prepare = (channel) => channel.isHeld = true;
  const file = makeFile(3 * MIB);
  room.offer(ada!, [bob!, cid!], { id: "f", file });
  for (const { desk } of [bob!, cid!]) desk.accept("f", new FakeSink());
  await room.quiet();
  ada!.channels[1]!.isHeld = false;
  ada!.channels[1]!.drain();
  await room.quiet();
  room.cut(ada!, bob!, { isNoticed: true });
  assertEquals([bob!.state("f"), cid!.state("f")], ["stalled", "done"]);
  room.connect(ada!, bob!);
  await finish({ room, ada: ada! });
  assertEquals(bob!.state("f"), "done");
  assertEquals(await bytesOf(bob!.parcel("f").content), file.bytes);
});
