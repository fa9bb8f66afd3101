import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { relieve } from "../../lib/server/relieve.ts";
import { watchConsole } from "../fakes/console.ts";
import { Exchange } from "../fakes/exchange.ts";
import { settle } from "../fakes/settle.ts";

const WHY = "Memory is short";

/** A listener that writes down when it was told to listen again. */
function fakeListener(exchange: Exchange, events: string[]) {
  return {
    relisten() {
      events.push(`relisten at ${exchange.clock.now()}`);
      return Promise.resolve();
    },
  };
}

Deno.test("relieve() says farewell to everybody, and drops all a moment later", async () => {
  using console = watchConsole();
  using exchange = new Exchange();
  const events: string[] = [];
  const { socket } = exchange.join();
  const old = exchange.dial({ version: 1 });
  const joining = exchange.dial({ room: "y" });
  for (const each of exchange.sockets) each.takeTexts();
  const relieved = relieve(exchange.signaling, {
    listener: fakeListener(exchange, events),
    why: WHY,
  });
  for (const each of [socket, old, joining]) {
    assertEquals(each.takeTypes().filter((type) => type === "restarting").length, 1);
    assertEquals(each.closeCode, 1012);
  }
  exchange.clock.advance(49);
  await settle();
  assertEquals(events, []);
  exchange.clock.advance(1);
  await relieved;
  assertEquals(events, ["relisten at 50"]);
  assertMatch(console.lines.join(), /^Memory is short: dropping 3 sockets/);
});

Deno.test("relieve() keeps the seats of version 2, which can be taken back", async () => {
  using _ = watchConsole();
  using exchange = new Exchange();
  const { welcome } = exchange.join();
  exchange.dial({ version: 1 });
  const relieved = relieve(exchange.signaling, {
    listener: fakeListener(exchange, []),
    why: WHY,
  });
  exchange.clock.advance(50);
  await relieved;
  assertEquals(exchange.signaling.registry.away, 1);
  for (const each of [...exchange.sockets]) each.end();
  const back = exchange.join({ resume: welcome.resume });
  assertEquals([back.welcome.peer, back.welcome.peers], [welcome.peer, []]);
});

Deno.test("relieve() fails where the port cannot be taken again", async () => {
  using _ = watchConsole();
  using exchange = new Exchange();
  exchange.join();
  const relieved = relieve(exchange.signaling, {
    listener: { relisten: () => Promise.reject(new Deno.errors.AddrInUse("taken")) },
    why: WHY,
  });
  const failed = assertRejects(() => relieved, Deno.errors.AddrInUse);
  exchange.clock.advance(50);
  await failed;
});

Deno.test("MemoryGuard asks for relief while there are sockets, and for none where none is", () => {
  using exchange = new Exchange({ MAX_RSS: "1" });
  const { memory } = exchange.signaling;
  const relieved: number[] = [];
  memory.relieve = () => {
    relieved.push(exchange.clock.now());
    return Promise.resolve();
  };
  exchange.clock.advance(10_000);
  assertEquals(relieved, []);
  exchange.dial();
  exchange.clock.advance(200);
  assertEquals(relieved, [10_100]);
});
