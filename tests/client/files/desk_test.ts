import { assertEquals, assertNotStrictEquals, assertStrictEquals } from "@std/assert";
import { FileRoom, makePair } from "../../fakes/files.ts";
import { bytesOf, FakeSink, makeFile } from "../../fakes/files_content.ts";

const MIB = 1024 * 1024;

Deno.test("a file is offered, accepted, moved, verified and done", async () => {
  const { room, ada, bob } = makePair();
  const file = makeFile(3 * MIB + 5);
  room.offer(ada, [bob], { id: "f", file });
  assertEquals([ada.parcel("f").transfers, bob.state("f")], [[], "offered"]);
  bob.desk.accept("f", new FakeSink());
  assertEquals(bob.state("f"), "waiting");
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
  assertEquals(await bytesOf(bob.parcel("f").content), file.bytes);
  assertEquals([ada.transfer("f").bytes, bob.transfer("f").bytes], [file.size, file.size]);
  assertEquals(room.clock.pending, []);
});

Deno.test("a file goes through moving, and verifying, and shows how it goes", async () => {
  const { room, ada, bob } = makePair();
  room.prepare = (channel) => channel.isHeld = true;
  room.offer(ada, [bob], { id: "f", file: makeFile(2 * MIB) });
  const sink = new FakeSink();
  bob.desk.accept("f", sink);
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["moving", "waiting"]);
  const [channel] = ada.channels;
  for (let part = 0; part < 5; part++) {
    channel!.drain(15);
    await room.quiet();
  }
  // A report of bytes at 200, of the rate a second later.
  room.clock.advance(1_200);
  assertEquals([ada.state("f"), bob.state("f")], ["moving", "moving"]);
  for (const { bytes, rate, secondsLeft } of [ada.transfer("f"), bob.transfer("f")]) {
    assertEquals([bytes > MIB / 2, rate], [true, Math.round(bytes / 1.2)]);
    assertEquals(secondsLeft, Math.ceil((2 * MIB - bytes) / rate));
  }
  sink.isHeld = true;
  while (channel!.bufferedAmount > 0) {
    channel!.drain();
    await room.quiet();
  }
  // All was sent, and not all is written.
  assertEquals([ada.state("f"), bob.state("f")], ["moving", "moving"]);
  sink.isHeld = false;
  sink.release();
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
});

Deno.test("a file without any bytes arrives, and opens no channel", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(0) });
  const sink = new FakeSink();
  bob.desk.accept("f", sink);
  assertEquals(bob.state("f"), "verifying");
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
  assertEquals([bob.parcel("f").content?.size, sink.calls, ada.channels.length], [0, ["close"], 0]);
});

Deno.test("a file that is rejected may be accepted all the same later", async () => {
  const { room, ada, bob } = makePair();
  room.offer(ada, [bob], { id: "f", file: makeFile(9) });
  bob.desk.reject("f");
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["rejected", "rejected"]);
  assertEquals([ada.transfer("f").by, bob.transfer("f").by], ["them", "us"]);
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals([ada.state("f"), bob.state("f")], ["done", "done"]);
  bob.desk.reject("f");
  bob.desk.cancel("f");
  assertEquals(bob.state("f"), "done");
});

Deno.test("a file of ours goes to each person by itself", async () => {
  const room = new FileRoom();
  const [ada, bob, cid, dee] = ["ada", "bob", "cid", "dee"].map((name) => room.enter(name));
  for (const other of [bob!, cid!, dee!]) room.connect(ada!, other);
  const file = makeFile(2 * MIB);
  room.offer(ada!, [bob!, cid!, dee!], { id: "f", file });
  bob!.desk.accept("f", new FakeSink());
  cid!.desk.reject("f");
  dee!.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals(
    ada!.parcel("f").transfers.map(({ person, state }) => `${person} ${state}`).sort(),
    ["bob done", "cid rejected", "dee done"],
  );
  assertEquals(await bytesOf(dee!.parcel("f").content), file.bytes);
  // It is summed once, and read once for each.
  assertEquals(file.read, 2 * file.size);
});

Deno.test("FileDesk.send() and FileDesk.expect() take a file once", async () => {
  const { room, ada, bob } = makePair();
  const [file, other] = [makeFile(9), makeFile(9, 1)];
  for (const each of [file, other]) room.offer(ada, [bob], { id: "f", file: each });
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertEquals([file.read, other.read, bob.desk.parcels.size], [9, 0, 1]);
});

Deno.test("FileDesk.parcels is another map, with other objects, only where something changed", async () => {
  const { room, ada, bob } = makePair();
  for (const id of ["f", "g"]) room.offer(ada, [bob], { id, file: makeFile(9) });
  const before = bob.desk.parcels;
  assertStrictEquals(bob.desk.parcels, before);
  bob.desk.accept("f", new FakeSink());
  await room.quiet();
  assertNotStrictEquals(bob.desk.parcels, before);
  assertNotStrictEquals(bob.desk.parcels.get("f"), before.get("f"));
  assertStrictEquals(bob.desk.parcels.get("g"), before.get("g"));
  assertEquals([...bob.desk.parcels.keys()], ["f", "g"]);
});
