import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { Sockets, type Watched } from "../../lib/server/sockets.ts";
import { SteppedClock } from "../fakes/clock.ts";

function open() {
  const clock = new SteppedClock();
  const events: string[] = [];
  const sockets = new Sockets(clock, () => void events.push("memory"));
  const socket = (name: string): Watched => ({
    checkReading: () => void events.push(`read ${name}`),
    turnOut: ({ code }) => void events.push(`out ${name} ${code}`),
    drop: () => void events.push(`drop ${name}`),
  });
  return { clock, sockets, socket, take: () => events.splice(0) };
}

Deno.test("Sockets look at the memory ten times a second, and at each socket once", () => {
  const { clock, sockets, socket, take } = open();
  sockets.add(socket("a"));
  sockets.add(socket("b"));
  clock.advance(900);
  assertEquals(take(), Array(9).fill("memory"));
  clock.advance(100);
  assertEquals(take(), ["memory", "read a", "read b"]);
  clock.advance(1000);
  assertEquals(take(), [...Array(10).fill("memory"), "read a", "read b"]);
});

Deno.test("Sockets keep one timer while there are any, and none when all are closed", () => {
  const { clock, sockets, socket, take } = open();
  assertEquals(clock.pending, []);
  const [a, b] = [socket("a"), socket("b")];
  sockets.add(a);
  sockets.add(b);
  sockets.add(b);
  assertEquals([sockets.size, clock.pending.length], [2, 1]);
  sockets.delete(a);
  sockets.delete(a);
  assertEquals([sockets.size, clock.pending.length], [1, 1]);
  sockets.delete(b);
  assertEquals([sockets.size, clock.pending], [0, []]);
  clock.advance(5000);
  assertEquals(take(), []);
  sockets.add(a);
  assertEquals(clock.pending.length, 1);
});

Deno.test("Sockets.delete() of what is not there stops nothing", () => {
  const { clock, sockets, socket } = open();
  sockets.delete(socket("never"));
  sockets.add(socket("a"));
  sockets.delete(socket("never"));
  assertEquals([sockets.size, clock.pending.length], [1, 1]);
});

Deno.test("Sockets stand it that a socket goes while all are looked at", () => {
  const { clock, sockets, socket, take } = open();
  const [first, last] = [socket("first"), socket("last")];
  const leaving: Watched = { ...socket(""), checkReading: () => sockets.delete(leaving) };
  for (const each of [first, leaving, last]) sockets.add(each);
  clock.advance(1000);
  assertEquals(take().slice(-2), ["read first", "read last"]);
  assertEquals(sockets.size, 2);
});

Deno.test("Sockets.turnOut() turns everybody out, even where each forgets itself at once", () => {
  const { clock, sockets, socket, take } = open();
  const out: number[] = [];
  for (let i = 0; i < 3; i++) {
    const each: Watched = {
      ...socket(""),
      turnOut({ code }) {
        out.push(code);
        sockets.delete(each);
      },
    };
    sockets.add(each);
  }
  sockets.turnOut(CLOSE.restarting);
  assertEquals([out, sockets.size, clock.pending, take()], [
    [1012, 1012, 1012],
    0,
    [],
    ["drop ", "drop ", "drop "],
  ]);
});

Deno.test("Sockets.turnOut() lets those be who come because of it", () => {
  const { sockets, socket, take } = open();
  sockets.add({ ...socket(""), turnOut: () => sockets.add(socket("newer")) });
  sockets.turnOut(CLOSE.restarting);
  assertEquals([take(), sockets.size], [["drop "], 2]);
});

Deno.test("Sockets.turnOut() tells all before the first one drops", () => {
  const { sockets, socket, take } = open();
  sockets.add(socket("a"));
  sockets.add(socket("b"));
  sockets.turnOut(CLOSE.restarting);
  assertEquals(take(), ["out a 1012", "out b 1012", "drop a", "drop b"]);
});

Deno.test("Sockets.suspect() looks at a socket once, at the next look", () => {
  const { clock, sockets, socket, take } = open();
  const [a, b] = [socket("a"), socket("b")];
  sockets.add(a);
  sockets.add(b);
  sockets.suspect(b);
  sockets.suspect(b);
  clock.advance(200);
  assertEquals(take(), ["memory", "read b", "memory"]);
});

Deno.test("Sockets.turnOut() forgets nobody: a socket that is told to close is not closed yet", () => {
  const { sockets, socket, take } = open();
  sockets.add(socket("a"));
  sockets.turnOut(CLOSE.restarting);
  assertEquals([take(), sockets.size], [["out a 1012", "drop a"], 1]);
});

Deno.test("Sockets.close() looks after nobody, and may be called twice", () => {
  const { clock, sockets, socket, take } = open();
  sockets.add(socket("a"));
  sockets.close();
  sockets.close();
  assertEquals([sockets.size, clock.pending], [0, []]);
  clock.advance(5000);
  assertEquals(take(), []);
});
