import { assertEquals } from "@std/assert";
import { parseObject } from "../../lib/protocol/parse.ts";
import { watchConsole } from "../fakes/console.ts";
import { Exchange } from "../fakes/exchange.ts";
import { valueOf } from "../fakes/unwrap.ts";

const DEEP = "[".repeat(32_000) + "]".repeat(32_000);

/** The widest frames that can be configured. */
const WIDE = { MAX_MESSAGE_BYTES: "0", BYTE_BURST: "0" };

Deno.test("connect() stands JSON that is nested as deeply as a frame allows, in every direction", () => {
  using console = watchConsole();
  using exchange = new Exchange({ ...WIDE, ROOM_CAPACITY: "4" });
  const old = exchange.dial({ version: 1 });
  const older = exchange.dial({ version: 1 });
  const { socket, welcome } = exchange.join();
  const other = exchange.join();
  const [first] = welcome.peers as [{ peer: string }];
  socket.takeTexts();

  const own = `{"type":"offer","sdp":"x","from":"me","deep":${DEEP}}`;
  old.say(own);
  const heard = own.replace('"me"', `"${first.peer}"`);
  assertEquals([older.takeTexts(), socket.takeTexts(), other.socket.takeTexts()], [
    [own],
    [heard],
    [heard],
  ]);
  const text = `{"type":"offer","sdp":"x","deep":${DEEP}}`;
  socket.say(text.replace("{", `{"to":"${first.peer}",`));
  assertEquals(old.takeTexts(), [text]);
  socket.say(text);
  assertEquals([old.takeTexts(), older.takeTexts()], [[text], [text]]);
  socket.say(`{"type":"candidate","candidate":${DEEP}}`);
  old.say(DEEP);
  assertEquals([socket.takeTypes(), old.takeTypes()], [["bad-message"], ["bad-message"]]);
  assertEquals([console.lines, exchange.sockets.flatMap(({ closes }) => closes)], [[], []]);
});

Deno.test("connect() hands a newcomer what is nested deeply, and no harm", () => {
  using console = watchConsole();
  using exchange = new Exchange(WIDE);
  const old = exchange.dial({ version: 1 });
  // Two thirds of it, for what is kept is bounded, too.
  const deep = "[".repeat(20_000) + "]".repeat(20_000);
  old.say(`{"type":"offer","sdp":"x","from":"me","deep":${deep}}`);
  const socket = exchange.dial();
  socket.say({ type: "join" });
  assertEquals(socket.takeTexts().length, 2);
  assertEquals([socket.closes, console.lines], [[], []]);
});

Deno.test("connect() passes half characters on", () => {
  using exchange = new Exchange();
  const old = exchange.dial({ version: 1 });
  const { socket } = exchange.join();
  const text = '{"type":"offer","sdp":"\\ud800","x":"\\udc00\\ud800"}';
  old.say(text);
  socket.say(text);
  assertEquals(socket.take()[0]?.sdp, "\ud800");
  assertEquals(old.takeTexts(), [text]);
  // Raw, as no client could send them: a socket turns them into U+FFFD.
  old.say('{"type":"offer","sdp":"\ud800"}');
  assertEquals(socket.take()[0]?.sdp, "\ud800");
});

Deno.test("connect() takes keys of the prototype for what they are, and no type of them", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  const bad = [
    '{"__proto__":{"type":"offer","sdp":"x"}}',
    '{"type":"__proto__"}',
    '{"type":"constructor"}',
    '{"type":"toString","sdp":"x"}',
    '{"constructor":{"prototype":{"sdp":"x"}},"type":"offer"}',
    '{"type":"offer","__proto__":{"sdp":"x"}}',
  ];
  for (const text of bad) {
    a!.socket.say(text);
    assertEquals(a!.socket.takeTypes(), ["bad-message"], text);
  }
  a!.socket.say('{"type":"offer","sdp":"x","__proto__":{"from":"y","to":"z"}}');
  assertEquals(b!.socket.takeTexts(), [
    `{"type":"offer","sdp":"x","__proto__":{"from":"y","to":"z"},"from":"${a!.peer}"}`,
  ]);
  a!.socket.say('{"type":"offer","sdp":"x","to":"__proto__"}');
  assertEquals(a!.socket.takeTypes(), ["peer-gone"]);
  assertEquals(({} as Record<string, unknown>).sdp, undefined);
});

Deno.test("connect() takes no number that JSON cannot say again", () => {
  using exchange = new Exchange();
  const { socket } = exchange.join();
  for (const t of ["1e999", "-1e999", "null", '"1"', "[]"]) {
    socket.say(`{"type":"ping","t":${t}}`);
    assertEquals(socket.takeTypes(), ["bad-message"], t);
  }
  const huge = "9".repeat(10_000);
  socket.say(`{"type":"ping","t":${huge}}`);
  assertEquals(socket.takeTypes(), ["bad-message"]);
  socket.say(`{"type":"ping","t":0.${huge}}`);
  assertEquals(socket.take(), [{ type: "pong", t: 1 }]);
});

Deno.test("connect() lets nobody of version 2 say from whom a message is", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  const spoofs = [
    `{"type":"offer","sdp":"x","from":"${b!.peer}"}`,
    `{"type":"offer","sdp":"x","from":"${a!.peer}"}`,
    '{"from":null,"type":"offer","sdp":"x"}',
    '{"type":"offer","sdp":"x","\\u0066rom":"me"}',
    '{"type":"offer","sdp":"x","\\u0066\\u0072\\u006f\\u006d":"me"}',
    '{"type":"offer","sdp":"x","from":"me","from":"you"}',
    '{"type":"leave","from":"me"}',
  ];
  for (const text of spoofs) {
    b!.socket.say(text);
    assertEquals(b!.socket.takeTypes(), ["bad-message"], text);
  }
  assertEquals(a!.socket.takeTexts(), []);
  // What only looks like it is no from.
  b!.socket.say('{"type":"offer","sdp":"x","from ":"me","From":"me","x":{"from":"me"}}');
  const [heard] = a!.socket.take();
  assertEquals([heard?.from, heard?.From, heard?.x], [b!.peer, "me", { from: "me" }]);
});

Deno.test("connect() writes the true from over whatever version 1 says", () => {
  using exchange = new Exchange();
  const old = exchange.dial({ version: 1 });
  const { socket, welcome } = exchange.join();
  const [{ peer }] = welcome.peers as [{ peer: string }];
  const spoofs = [
    `{"type":"offer","sdp":"x","from":"${welcome.peer}"}`,
    '{"type":"offer","sdp":"x","from":"a","from":"b"}',
    '{"type":"offer","sdp":"x","\\u0066rom":"me"}',
    '{"type":"offer","from":{"toJSON":1},"sdp":"x"}',
    '{"type":"leave","from":"someone"}',
  ];
  for (const text of spoofs) {
    old.say(text);
    const [heard = ""] = socket.takeTexts();
    assertEquals(valueOf(parseObject(heard)).from, peer, heard);
    assertEquals(heard.match(/"(f|\\u0066)rom":/g)?.length, 1, heard);
  }
});

Deno.test("connect() reads no second message out of one frame", () => {
  using exchange = new Exchange();
  const [a, b] = exchange.joinAll(2);
  const offer = '{"type":"offer","sdp":"x"}';
  for (
    const text of [offer + offer, `${offer}\n${offer}`, `[${offer}]`, `${offer},`, `\ufeff${offer}`]
  ) {
    a!.socket.say(text);
    assertEquals(a!.socket.takeTypes(), ["bad-message"], text);
  }
  assertEquals(b!.socket.takeTexts(), []);
});
