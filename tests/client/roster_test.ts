import { assertEquals } from "@std/assert";
import { Roster } from "../../lib/client/roster.ts";
import type { PeerEntry, WelcomeMessage } from "../../lib/protocol/messages.ts";

function welcome(seat: number, ...peers: PeerEntry[]): WelcomeMessage {
  return {
    type: "welcome",
    peer: "me",
    room: "lobby",
    capacity: 4,
    peers,
    seat,
    iceServers: [],
    heartbeat: { interval: 10_000, timeout: 5_000 },
    limits: {},
  };
}

const A: PeerEntry = { peer: "a", version: 2, state: "present" };
const B: PeerEntry = { peer: "b", version: 2, state: "away" };
const C: PeerEntry = { peer: "c", version: 1, state: "present" };

Deno.test("Roster.enter() takes what the server says of all: seats, versions, who is away", () => {
  const roster = new Roster();
  assertEquals([roster.self, roster.entries], [undefined, []]);
  roster.enter(welcome(1, A, B, C));
  assertEquals(roster.self, "me");
  assertEquals(roster.entries, [
    ["a", { version: 2, isEarlier: true, isAway: false }],
    ["b", { version: 2, isEarlier: false, isAway: true }],
    ["c", { version: 1, isEarlier: false, isAway: false }],
  ]);
  roster.enter(welcome(0, B));
  assertEquals(roster.entries.map(([id]) => id), ["b"]);
});

Deno.test("Roster.add() takes a newcomer, whose seat is the later one", () => {
  const roster = new Roster();
  roster.enter(welcome(0));
  roster.add("d", 2);
  assertEquals(roster.get("d"), { version: 2, isEarlier: false, isAway: false });
});

Deno.test("Roster.reaches() those who are there, while the server is", () => {
  const roster = new Roster();
  roster.enter(welcome(2, A, B));
  assertEquals(["a", "b", "x"].map((id) => roster.reaches(id)), [true, false, false]);
  roster.setAway("a", true);
  roster.setAway("b", false);
  roster.setAway("x", false);
  assertEquals(["a", "b", "x"].map((id) => roster.reaches(id)), [false, true, false]);
  roster.expire();
  assertEquals(roster.reaches("b"), false);
});

Deno.test("Roster.lacks() those of whom a server that can be asked knows nothing", () => {
  const roster = new Roster();
  assertEquals(roster.lacks("a"), false);
  roster.enter(welcome(2, A, B));
  assertEquals(["a", "b", "x"].map((id) => roster.lacks(id)), [false, false, true]);
  roster.delete("a");
  assertEquals(roster.lacks("a"), true);
  roster.expire();
  assertEquals(roster.lacks("a"), false);
});

Deno.test("Roster.missing are those who vanished, until they are heard again or leave", () => {
  const roster = new Roster();
  roster.enter(welcome(2, A, B));
  roster.miss("a", "alice");
  roster.miss("b", "bob");
  roster.delete("a");
  assertEquals(roster.missing, ["alice", "bob"]);
  roster.greet("alice");
  assertEquals(roster.missing, ["bob"]);
  roster.leave("b");
  assertEquals([roster.missing, roster.get("b")], [[], undefined]);
});
