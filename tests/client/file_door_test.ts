import { assertEquals } from "@std/assert";
import { FileDoor } from "../../lib/client/file_door.ts";
import type { FileDesk } from "../../lib/client/files/desk.ts";
import type { Peer } from "../../lib/client/peer.ts";
import type { FileFrame } from "../../lib/protocol/file_frames.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { FakeChannel } from "../fakes/rtc.ts";

const OFFER = { id: "01J", name: "a.txt", size: 3, type: "text/plain" };
const ACCEPT: FileFrame = { t: "file-accept", id: "01J", offset: 0, mark: 1 };

/** A door with one person behind it, whose end of the chat is written down. */
function setUp() {
  const said: FileFrame[] = [];
  const channels: FakeChannel[] = [];
  let changes = 0;
  const line = { sayOfFile: (frame: FileFrame) => said.push(frame) > 0 };
  const connection = {
    openChannel(label: string) {
      const channel = new FakeChannel(label);
      channels.push(channel);
      return channel;
    },
  };
  const bob = { person: "bob", line, connection } as unknown as Peer;
  const door = new FileDoor({
    clock: new SteppedClock(),
    find: (person) => person === "bob" ? bob : undefined,
    onChange: () => changes++,
  });
  /** Resolves with the desk, when it is there. */
  const desk = () => new Promise<FileDesk>((resolve) => door.use(resolve));
  return { door, bob, said, channels, desk, changes: () => changes };
}

Deno.test("FileDoor does what came before the files were loaded, in its order", async () => {
  const { door, bob, said, desk, changes } = setUp();
  const order: string[] = [];
  door.ready(bob);
  door.use((desk) => {
    order.push("expect");
    desk.expect(OFFER, "bob");
  });
  door.use((desk) => {
    order.push("reject");
    desk.reject("01J");
  });
  assertEquals([order, door.parcels.size], [[], 0]);
  await desk();
  assertEquals(order, ["expect", "reject"]);
  assertEquals(said, [{ t: "file-reject", id: "01J" }]);
  assertEquals([door.parcels.get("01J")?.transfers[0]?.state, changes() > 0], ["rejected", true]);
  // Now at once.
  door.receive(bob, ACCEPT);
  assertEquals(said.at(-1), { t: "file-cancel", id: "01J", reason: "gone" });
  door.close();
});

Deno.test("FileDoor closes channels that are not for files, and loads nothing for them", () => {
  const { door, bob } = setUp();
  const channel = new FakeChannel("video");
  channel.open();
  door.adopt(bob, channel);
  assertEquals([channel.readyState, door.parcels.size], ["closed", 0]);
  door.close();
});

Deno.test("FileDoor.keep() holds what goes to somebody who is away, and drops who is gone", async () => {
  const { door, bob, channels, desk } = setUp();
  const files = await desk();
  door.ready(bob);
  files.send(OFFER, new Blob(["abc"]));
  door.receive(bob, ACCEPT);
  const state = () => door.parcels.get("01J")?.transfers[0]?.state;
  assertEquals(channels.map(({ label }) => label), ["files"]);
  door.keep([], ["bob"]);
  assertEquals(state(), "stalled");
  door.keep([], []);
  assertEquals([state(), door.parcels.get("01J")?.transfers[0]?.reason], ["failed", "left"]);
  door.close();
});

Deno.test("FileDoor.clear() forgets all files, and close() ends the use of them", async () => {
  const { door, bob, desk } = setUp();
  const files = await desk();
  door.ready(bob);
  files.send(OFFER, new Blob(["abc"]));
  door.clear();
  assertEquals(door.parcels.size, 0);
  door.close();
  door.close();
  assertEquals(door.use(() => {}), false);
});

Deno.test("FileDoor that was closed while it opened uses nothing", async () => {
  const { door } = setUp();
  let isUsed = false;
  door.use(() => isUsed = true);
  door.close();
  await import("../../lib/client/files/desk.ts");
  await new Promise((resolve) => setTimeout(resolve));
  assertEquals(isUsed, false);
});
