import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { isObject } from "../../lib/protocol/parse.ts";
import { Exchange } from "../fakes/exchange.ts";

const ASK = { type: "ice-servers" };

Deno.test("connect() tells each peer how many seats are earlier than its own, over every resume", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "4" });
  const [a, b, c] = exchange.joinAll(3);
  assertEquals([a, b, c].map((each) => each!.welcome.seat), [0, 1, 2]);
  for (const [i, each] of [a, b, c].entries()) {
    each!.socket.end();
    assertEquals(exchange.join({ resume: each!.welcome.resume }).welcome.seat, i);
  }
  const d = exchange.join();
  assertEquals([d.welcome.seat, (d.welcome.peers as unknown[]).length], [3, 3]);
  // A seat before it is given up, and it moves up.
  const [second] = exchange.sockets.slice(4);
  second!.say({ type: "leave" });
  d.socket.takeTexts();
  d.socket.end();
  assertEquals(exchange.join({ resume: d.welcome.resume }).welcome.seat, 2);
});

Deno.test("connect() tells a peer in its room of the ICE servers again, and nobody else", () => {
  using exchange = new Exchange({ STUN_URLS: "stun:stun.example" });
  const [a, b] = exchange.joinAll(2);
  a!.socket.say(ASK);
  assertEquals(a!.socket.take(), [{
    type: "ice-servers",
    iceServers: [{ urls: ["stun:stun.example"] }],
  }]);
  assertEquals(b!.socket.takeTexts(), []);
});

Deno.test("connect() tells of no ICE servers before the welcome, nor to version 1", () => {
  using exchange = new Exchange();
  for (const version of [1, 2] as const) {
    const socket = exchange.dial({ version });
    socket.say(ASK);
    assertEquals(socket.takeTypes(), ["bad-message"]);
  }
});

const TURN = { TURN_URLS: "turn:turn.example", TURN_SECRET: "north", TURN_TTL: "600" };

/** The one ICE server of a message, its name taken apart: until when, and who. */
function only({ iceServers }: { iceServers?: unknown }) {
  const [server, ...rest] = iceServers as unknown[];
  assertEquals([isObject(server), rest], [true, []]);
  const { urls, username, credential } = server as Record<string, string>;
  const [end, peer] = username!.split(":");
  return { urls, username, credential, end: Number(end), peer };
}

Deno.test("connect() gives each peer credentials of its own, in its welcome and whenever it asks", () => {
  using exchange = new Exchange(TURN);
  const before = Math.floor(Date.now() / 1000);
  const [a, b] = exchange.joinAll(2);
  for (const { socket, welcome, peer } of [a!, b!]) {
    socket.say(ASK);
    const [again] = socket.take();
    for (const message of [welcome, again!]) {
      const server = only(message);
      assertEquals([server.urls, server.peer], [["turn:turn.example"], peer]);
      assert(server.end >= before + 600 && server.end <= Date.now() / 1000 + 600, server.username);
    }
  }
  assertNotEquals(only(a!.welcome).credential, only(b!.welcome).credential);
});

Deno.test("connect() tells of ICE_TRANSPORT=relay, and says nothing of it otherwise", () => {
  for (const policy of ["relay", "all"]) {
    using exchange = new Exchange({ ...TURN, ICE_TRANSPORT: policy });
    const { socket, welcome } = exchange.join();
    socket.say(ASK);
    const said = [welcome, ...socket.take()].map((each) => each.iceTransportPolicy);
    assertEquals(said, policy === "relay" ? ["relay", "relay"] : [undefined, undefined]);
  }
});
