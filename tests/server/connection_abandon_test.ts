import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { Exchange } from "../fakes/exchange.ts";
import { settle } from "../fakes/settle.ts";

Deno.test("connect() waits half a minute for the answer to a close, and blames its address no longer", () => {
  using exchange = new Exchange({ MAX_SOCKETS_PER_ADDRESS: "1" });
  const { admission } = exchange.signaling;
  const address = "192.0.2.9";
  const { socket } = exchange.join({ address });
  for (let i = 0; i <= 10; i++) socket.say("bad");
  exchange.letClose();
  assertEquals(socket.closeCode, 4500);
  exchange.clock.advance(29_999);
  assertEquals(admission.knock(address)?.status, 429);
  exchange.clock.advance(1);
  assertEquals([admission.knock(address), admission.sockets], [undefined, 1]);
  socket.end();
  assertEquals(admission.sockets, 0);
});

Deno.test("connect() waits as long where the server restarts while it is about to close", () => {
  using exchange = new Exchange({ MAX_SOCKETS_PER_ADDRESS: "1" });
  const { admission, sockets } = exchange.signaling;
  const address = "192.0.2.9";
  const { socket } = exchange.join({ address });
  for (let i = 0; i <= 10; i++) socket.say("bad");
  sockets.turnOut(CLOSE.restarting);
  exchange.clock.advance(29_999);
  assertEquals([socket.closes, admission.knock(address)?.status], [[CLOSE.restarting], 429]);
  exchange.clock.advance(1);
  assertEquals([admission.knock(address), admission.sockets], [undefined, 1]);
});

Deno.test("connect() that is answered in time is forgotten at once", () => {
  using exchange = new Exchange();
  const { socket } = exchange.join();
  socket.say(new ArrayBuffer(1));
  exchange.letClose();
  socket.end(1003);
  assertEquals([exchange.signaling.admission.sockets, exchange.signaling.answering.size], [0, 0]);
});

Deno.test("a server full of sockets that answer no close drops them all", async () => {
  using exchange = new Exchange({ MAX_SOCKETS: "10", ROOM_CAPACITY: "8" });
  const reasons: string[] = [];
  exchange.signaling.memory.relieve = (why) => {
    reasons.push(why);
    return Promise.resolve();
  };
  for (let i = 0; i < 10; i++) exchange.dial({ room: String(i) });
  // Nobody joins in time, and nobody answers the close.
  exchange.clock.advance(10_000 + 30_000);
  assertEquals(exchange.signaling.admission.knock("192.0.2.2")?.status, 503);
  await settle();
  assertEquals(reasons, ["Too many sockets answer no close"]);
});
