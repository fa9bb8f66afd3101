import { assertEquals } from "@std/assert";
import { pick } from "../fakes/random.ts";
import { expect } from "./peers.ts";
import { RawSocket } from "./raw_socket.ts";
import type { RoomModel } from "./scenario_room.ts";

/** Something that somebody does to a room which has a seat left. */
export type Attack = (room: RoomModel) => Promise<void>;

const BURST = 60;

const ERROR = { type: "error" };

/** Nonsense of both versions, eleven times. */
async function garbage(room: RoomModel): Promise<void> {
  const { random } = room;
  const actor = await room.join(random() < 0.5 ? 1 : 2);
  const nonsense = ["", "null", "[]", "{", '{"type":"offer"}', '{"type":"welcome"}', "\u0000"];
  for (let strikes = 0; strikes <= 10; strikes++) {
    actor.client.send(pick(random, nonsense));
    await expect(actor.client, { ...ERROR, code: "bad-message" });
  }
  room.world.expectClose(4500);
  await actor.client.closed;
  await room.lose(actor);
}

/** A sender that pretends to be another. */
async function spoof(room: RoomModel): Promise<void> {
  const victim = room.seats[0]?.id ?? "nobody";
  const liar = await room.join(2);
  liar.client.send({ type: "offer", sdp: "lie", from: victim });
  await expect(liar.client, { ...ERROR, code: "bad-message" });
  const old = room.isFull ? undefined : await room.join(1);
  if (old !== undefined) {
    // In version 1 it is a field like any other, and no version 2 peer believes it.
    const text = JSON.stringify({ from: victim, type: "offer", sdp: "lie" });
    old.client.send(text);
    await room.hear(old, [{ from: old.id, type: "offer", sdp: "lie" }], [text]);
    await room.leave(old);
  }
  await room.leave(liar);
}

/** More than the rate allows: all of the burst is heard, and three more are not. */
async function flood(room: RoomModel): Promise<void> {
  const version = room.random() < 0.5 ? 1 : 2;
  const actor = await room.join(version);
  // A join is a message, too; and in version 1 whatever is said alone is kept or refused.
  const allowed = version === 2 ? BURST - 1 : BURST;
  for (let i = 0; i < allowed; i++) {
    const message = version === 2 ? { type: "ping", t: i } : { type: "answer", sdp: `${i}` };
    actor.client.send(message);
  }
  for (let i = 0; i < 3; i++) actor.client.send({ type: "answer", sdp: "not heard" });
  if (version === 2) {
    for (let t = 0; t < allowed; t++) await expect(actor.client, { type: "pong", t });
  } else {
    for (let i = 0; i < allowed; i++) {
      const sdp = `${i}`;
      const news = { type: "answer", sdp, from: actor.id };
      await room.hear(actor, [news], [JSON.stringify({ type: "answer", sdp })]);
    }
  }
  for (let i = 0; i < 3; i++) await expect(actor.client, { ...ERROR, code: "rate-limited" });
  room.world.expectClose(4403);
  await actor.client.closed;
  await room.lose(actor);
}

/** A frame too large. */
async function oversize(room: RoomModel): Promise<void> {
  const actor = await room.join(2);
  actor.client.send({ type: "offer", sdp: "x".repeat(room.world.maxBytes) });
  await expect(actor.client, { ...ERROR, code: "bad-message" });
  room.world.expectClose(1009);
  await actor.client.closed;
  await room.lose(actor);
}

/** Bytes instead of text; version 1 may go on. */
async function binary(room: RoomModel): Promise<void> {
  const version = room.random() < 0.5 ? 1 : 2;
  const actor = await room.join(version);
  actor.client.send(new Uint8Array([123, 125]));
  await expect(actor.client, { ...ERROR, code: "bad-message" });
  if (version === 1) return await room.leave(actor);
  room.world.expectClose(1003);
  await actor.client.closed;
  await room.lose(actor);
}

/** Tokens that were stolen elsewhere, or made up. */
async function wrongToken(room: RoomModel): Promise<void> {
  const { random, world: { tokens } } = room;
  const known = new Set(room.seats.map(({ token }) => token));
  const foreign = tokens.filter((token) => !known.has(token));
  const actor = await room.join(2, pick(random, [...foreign, "A".repeat(22)]));
  assertEquals(known.has(actor.token), false);
  await room.leave(actor);
}

/** What happens to a room that has a seat left. */
export const ATTACKS: Attack[] = [garbage, spoof, flood, oversize, binary, wrongToken];

/** Whoever is turned away at the door, and whoever never says join. */
export async function knock(room: RoomModel): Promise<void> {
  const { world } = room;
  const { server } = world;
  const doors = [
    { url: server.roomUrl("no%20room"), code: 4501, said: "bad-room" },
    { url: room.url, protocol: "soap", code: 4505, said: "version" },
    { url: room.url, origin: "http://evil.example", code: 4506, said: "refused" },
    { url: room.url, code: 4402, said: "join-timeout" },
  ];
  const { url, protocol, origin, code, said } = pick(room.random, doors);
  const client = await world.open(url, 2, { protocol, origin });
  world.expectClose(code);
  if (code === 4402) return world.expectLater(client, code, [said]);
  await expect(client, { ...ERROR, code: said });
  await client.closed;
}

/** Somebody stops reading what a partner says, and loses the seat in a room of their own. */
export async function stopReading(room: RoomModel): Promise<void> {
  const { world } = room;
  const partner = await room.join(2);
  using _stopped = await RawSocket.open(room.url, { headers: world.headers() });
  const { peer } = await expect(partner.client, { type: "peer-joined", version: 1 });
  const sdp = "x".repeat(world.maxBytes - 100);
  for (let evicted = false; !evicted;) {
    world.clock.advance(1000);
    for (let i = 0; i < BURST / 2; i++) partner.client.send({ type: "offer", sdp });
    partner.client.send({ type: "ping", t: world.now });
    let frame = await partner.client.next();
    for (; frame.type !== "pong"; frame = await partner.client.next()) {
      if (frame.type === "peer-left") {
        assertEquals(frame, { type: "peer-left", peer, reason: "lost" });
        evicted = true;
      } else {
        // What is said to nobody is kept until it is too much.
        assertEquals([frame.code, evicted], ["mailbox-full", true]);
      }
    }
  }
  await room.leave(partner);
}
