import { assertEquals } from "@std/assert";
import { Exchange } from "../fakes/exchange.ts";

const OFFER = { type: "offer", sdp: "v=0" };

Deno.test("connect() says from whom a signal is, and sends it to all others or to one", () => {
  using exchange = new Exchange({ ROOM_CAPACITY: "3" });
  const [a, b, c] = exchange.joinAll(3);
  a!.socket.say(OFFER);
  for (const { socket } of [b!, c!]) {
    assertEquals(socket.take(), [{ ...OFFER, from: a!.peer }]);
  }
  const answer = { type: "answer", sdp: "a", to: a!.peer };
  b!.socket.say(answer);
  assertEquals(a!.socket.take(), [{ ...answer, from: b!.peer }]);
  const end = { type: "candidate", candidate: null };
  c!.socket.say({ ...end, to: b!.peer });
  assertEquals(b!.socket.take(), [{ ...end, to: b!.peer, from: c!.peer }]);
  assertEquals([...a!.socket.take(), ...c!.socket.take()], []);
});

Deno.test("connect() keeps the order of what one peer says to another", () => {
  using exchange = new Exchange({ MESSAGE_BURST: "0" });
  const [a, b] = exchange.joinAll(2);
  const said = Array.from({ length: 200 }, (_, i) => ({ ...OFFER, sdp: `${i}` }));
  for (const message of said) a!.socket.say(message);
  assertEquals(b!.socket.take().map(({ sdp }) => sdp), said.map(({ sdp }) => sdp));
});

Deno.test("connect() forwards version 1 to version 1 byte for byte", () => {
  using exchange = new Exchange();
  const [one, two] = [exchange.dial({ version: 1 }), exchange.dial({ version: 1 })];
  const frames = [
    ' {"sdp" : "1" ,"type":"offer","from":"me","to":[1e3]}\n',
    '{"type":"candidate","candidate":{"candidate":"","x":1.0}}',
    '{"type":"answer","sdp":"\\ud800 ü"}',
  ];
  for (const frame of frames) one.say(frame);
  assertEquals([two.takeTexts(), one.takeTexts()], [frames, []]);
});

Deno.test("connect() lets both versions share a room, each in its own words", () => {
  using exchange = new Exchange();
  const old = exchange.dial({ version: 1 });
  const { socket, welcome } = exchange.join();
  const [{ peer: from }] = welcome.peers as [{ peer: string }];
  old.say('{"type":"candidate","candidate":"line","from":"someone","to":"nobody"}');
  assertEquals(socket.take(), [
    { type: "candidate", candidate: "line", to: "nobody", from },
  ]);
  socket.say({ type: "answer", sdp: "a", to: from });
  socket.say({ type: "candidate", candidate: null });
  socket.say({ type: "candidate", candidate: { candidate: "c" } });
  assertEquals(old.takeTexts(), [
    '{"type":"answer","sdp":"a"}',
    '{"type":"candidate","candidate":{"candidate":"c"}}',
  ]);
});

Deno.test("connect() answers a signal to who is not here, or to oneself, with peer-gone", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  const elsewhere = exchange.join({ room: "y" });
  for (const to of ["nobody", a!.peer, elsewhere.welcome.peer]) {
    a!.socket.say({ ...OFFER, to });
    assertEquals(a!.socket.takeTypes(), ["peer-gone"]);
  }
  assertEquals([...b!.socket.take(), ...elsewhere.socket.take()], []);
});

Deno.test("connect() makes no strike of a peer that is gone or away", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  b!.socket.end();
  a!.socket.takeTexts();
  for (let i = 0; i < 20; i++) {
    a!.socket.say({ ...OFFER, to: i % 2 ? "nobody" : b!.peer });
    assertEquals(a!.socket.takeTypes(), [i % 2 ? "peer-gone" : "peer-away"]);
  }
  assertEquals(a!.socket.closes, []);
});

Deno.test("connect() tells a lone peer when no more of it can be kept", () => {
  using exchange = new Exchange({ MESSAGE_BURST: "0" });
  for (const version of [1, 2] as const) {
    const room = `v${version}`;
    const socket = version === 1
      ? exchange.dial({ version, room })
      : exchange.join({ room }).socket;
    const candidate = version === 1 ? "c" : { candidate: "c" };
    for (let i = 0; i < 64; i++) socket.say({ type: "candidate", candidate });
    assertEquals(socket.takeTypes(), []);
    socket.say({ type: "candidate", candidate });
    assertEquals(socket.takeTypes(), ["mailbox-full"]);
    assertEquals(socket.closes, []);
  }
});

Deno.test("connect() lets no room hear of another", () => {
  using exchange = new Exchange();
  const names = ["room", "ROOM", "constructor", "__proto__"];
  const pairs = names.map((room) => [exchange.join({ room }), exchange.join({ room })] as const);
  for (const [first] of pairs) first.socket.takeTexts();
  for (const [i, [first]] of pairs.entries()) {
    first.socket.say({ ...OFFER, sdp: names[i] });
    for (const [j, [, second]] of pairs.entries()) {
      assertEquals(second.socket.take().map(({ sdp }) => sdp), i === j ? [names[i]] : []);
    }
  }
});

Deno.test("connect() answers ping with pong, and a pong with nothing", () => {
  using exchange = new Exchange();
  const { socket } = exchange.join();
  for (const t of [0, -0, 1.5, 1e308, -1, 5e-324, Number.MAX_SAFE_INTEGER]) {
    socket.say(`{"type":"ping","t":${t}}`);
    assertEquals(socket.take(), [{ type: "pong", t: t + 0 }]);
  }
  socket.say({ type: "pong", t: 1 });
  assertEquals(socket.take(), []);
});
