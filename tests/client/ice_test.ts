import { assertEquals } from "@std/assert";
import { IceSource } from "../../lib/client/ice.ts";
import type { IceConfiguration } from "../../lib/protocol/messages.ts";
import { SteppedClock } from "../fakes/clock.ts";

const STUN: IceConfiguration = { iceServers: [{ urls: ["stun:x"] }] };

function turn(credential: string): IceConfiguration {
  return { iceServers: [{ urls: ["turn:x"], username: "1:a", credential }] };
}

function setUp() {
  const clock = new SteppedClock();
  const asked: number[] = [];
  const ice = new IceSource({ clock, ask: () => void asked.push(clock.now()) });
  return { clock, asked, ice };
}

Deno.test("IceSource.current is what was heard last, and nothing more than that", () => {
  const { ice } = setUp();
  assertEquals(ice.current, { iceServers: [] });
  const heard = { ...STUN, type: "ice-servers", iceTransportPolicy: "relay" } as const;
  ice.receive(heard);
  assertEquals<unknown>(ice.current, { ...STUN, iceTransportPolicy: "relay" });
  ice.receive(STUN);
  assertEquals(ice.current, STUN);
});

Deno.test("IceSource.refresh() asks for no servers that never run out", async () => {
  const { ice, asked, clock } = setUp();
  ice.receive(STUN);
  assertEquals([await ice.refresh(), asked, clock.pending], [STUN, [], []]);
});

Deno.test("IceSource.refresh() answers with new credentials as soon as they are there", async () => {
  const { ice, asked, clock } = setUp();
  ice.receive(turn("old"));
  const both = [ice.refresh(), ice.refresh()];
  assertEquals(asked.length, 2);
  ice.receive(turn("new"));
  assertEquals([await both[0], await both[1]], [turn("new"), turn("new")]);
  assertEquals(clock.pending, []);
});

Deno.test("IceSource.refresh() makes do with the old ones after a second", async () => {
  const { ice, clock } = setUp();
  ice.receive(turn("old"));
  const answer = ice.refresh();
  clock.advance(1_000);
  assertEquals(await answer, turn("old"));
});

Deno.test("IceSource.close() lets nobody wait", async () => {
  const { ice, clock } = setUp();
  ice.receive(turn("old"));
  const answer = ice.refresh();
  ice.close();
  ice.close();
  assertEquals([await answer, clock.pending], [turn("old"), []]);
});
