import { assertEquals, assertNotEquals } from "@std/assert";
import type { JsonObject } from "../../lib/protocol/parse.ts";
import { Exchange } from "../fakes/exchange.ts";
import type { FakeServerSocket } from "../fakes/server_socket.ts";

const LIMITED = { MESSAGE_BURST: "0", MAX_BUFFERED_BYTES: "2000", ROOM_CAPACITY: "4" };

/** Lets so many bytes wait for a client that reads no more. */
function stopReading(socket: FakeServerSocket, waiting: number): void {
  socket.reads = false;
  socket.bufferedAmount = waiting;
}

/** What is said of a peer, each by its type. */
function newsOf(peer: unknown, frames: JsonObject[]): unknown[] {
  const about = frames.filter((frame) => frame.peer === peer || frame.from === peer);
  return about.map(({ type }) => type);
}

Deno.test("connect() leaves nobody with a newcomer that is evicted by its own welcome", () => {
  using exchange = new Exchange(LIMITED);
  const [a] = exchange.joinAll(1);
  const slow = exchange.dial();
  stopReading(slow, 1900);
  slow.say({ type: "join" });
  exchange.letEvict();
  const [welcome] = slow.take();
  assertEquals([slow.closeCode, welcome?.type], [4401, "welcome"]);
  assertNotEquals(newsOf(welcome?.peer, a!.socket.take()).at(-1), "peer-joined");
  assertEquals(exchange.signaling.registry.find("x")?.seats.length, 1);
});

Deno.test("connect() calls nobody back who is evicted by the welcome to its old seat", () => {
  using exchange = new Exchange(LIMITED);
  const [a, b] = exchange.joinAll(2);
  b!.socket.end();
  const slow = exchange.dial();
  stopReading(slow, 1900);
  slow.say({ type: "join", resume: b!.welcome.resume });
  exchange.letEvict();
  assertEquals(slow.closeCode, 4401);
  assertEquals(newsOf(b!.peer, a!.socket.take()).at(-1), "peer-left");
});

Deno.test("connect() tells all in one order of evictions that follow from each other", () => {
  using exchange = new Exchange(LIMITED);
  const [a, b] = exchange.joinAll(2);
  stopReading(a!.socket, 1990);
  const newcomer = exchange.dial();
  newcomer.say({ type: "join" });
  // The news of it ends the first, and the news of that ends the newcomer.
  stopReading(newcomer, 1990);
  exchange.letEvict();
  exchange.letEvict();
  assertEquals([a!.socket.closeCode, newcomer.closeCode, b!.socket.closeCode], [4401, 4401, 0]);
  const peer = newcomer.take()[0]?.peer;
  const heard = b!.socket.take();
  assertEquals([newsOf(peer, heard), newsOf(a!.peer, heard)], [
    ["peer-joined", "peer-left"],
    ["peer-left"],
  ]);
});

Deno.test("connect() sends nothing of a sender after the news that it was evicted", () => {
  using exchange = new Exchange(LIMITED);
  const [a, b, c] = exchange.joinAll(3);
  // The first receiver is too slow, and to hear of that is too much for the sender.
  stopReading(b!.socket, 1990);
  stopReading(a!.socket, 1990);
  a!.socket.say({ type: "offer", sdp: "" });
  exchange.letEvict();
  exchange.letEvict();
  assertEquals([a!.socket.closeCode, b!.socket.closeCode], [4401, 4401]);
  assertEquals(newsOf(a!.peer, c!.socket.take()), ["offer", "peer-left"]);
});

Deno.test("connect() evicts a whole room that does not read, and keeps nothing of it", () => {
  using exchange = new Exchange(LIMITED);
  const joined = exchange.joinAll(4);
  for (const { socket } of joined) stopReading(socket, 2000);
  joined[0]!.socket.say({ type: "offer", sdp: "" });
  // The first is too slow for the news of the others, and that is seen one look later.
  exchange.letEvict();
  exchange.letEvict();
  assertEquals(joined.map(({ socket }) => socket.closeCode), Array(4).fill(4401));
  assertEquals([exchange.signaling.registry.size, exchange.signaling.registry.away], [0, 0]);
});
