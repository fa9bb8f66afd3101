import { assertEquals } from "@std/assert";
import type { JsonObject } from "../../lib/protocol/parse.ts";
import { pick } from "../fakes/random.ts";
import type { Actor, RoomModel } from "./scenario_room.ts";

/** What one peer hears of another, in order; of `undefined`, what the server says itself. */
type Heard = Map<string | undefined, string[]>;

/** All who are present say something, all at once: to all, to one, to nobody. */
export async function exchange(room: RoomModel): Promise<void> {
  const { random } = room;
  const expected = new Map(room.present().map((actor) => [actor, new Map() as Heard]));
  for (let round = 0; round < 3; round++) {
    for (const speaker of expected.keys()) {
      if (random() < 0.7) speak(room, speaker, expected);
    }
  }
  for (const [listener, heard] of expected) {
    const really: Heard = new Map();
    let count = [...heard.values()].flat().length;
    for (; count > 0; count--) note(really, ...await read(listener));
    assertEquals(really, heard);
  }
  // Some of it is heard by nobody: it must have been dealt with before the next thing happens.
  await room.check();
}

let numbers = 0;

/** Says one thing, and writes down who must hear it. */
function speak(room: RoomModel, speaker: Actor, expected: Map<Actor, Heard>): void {
  const { random } = room;
  const others = room.present(speaker);
  const to = speaker.version === 1 || random() < 0.5 ? undefined : someId(room, speaker);
  if (to === undefined && others.length === 0) return;
  // Version 1 is told of no sender: what is said must tell it.
  const label = `${speaker.id}/${numbers++}`;
  const body = pick(random, [
    { type: "offer", sdp: label },
    { type: "answer", sdp: label },
    { type: "candidate", candidate: { candidate: label, sdpMid: null } },
    ...(speaker.version === 2 ? [{ type: "candidate", candidate: null }] : []),
  ]);
  const spaces = " ".repeat(Math.floor(random() * 3));
  const text = JSON.stringify({ ...body, ...(to !== undefined && { to }) });
  speaker.client.send(spaces + text + spaces);
  speaker.heardAt = room.world.now;
  const target = room.seats.find(({ id }) => id === to);
  if (to !== undefined && (target === undefined || target === speaker)) {
    return note(expected.get(speaker)!, undefined, "peer-gone");
  }
  if (target?.droppedAt !== undefined) {
    return note(expected.get(speaker)!, undefined, "peer-away");
  }
  for (const listener of target === undefined ? others : [target]) {
    const heard = expected.get(listener)!;
    if (listener.version === 2) note(heard, speaker.id, JSON.stringify(body));
    else if (body.candidate !== null) {
      // Without a target, every byte of it arrives.
      note(heard, speaker.id, to === undefined ? spaces + text + spaces : JSON.stringify(body));
    }
  }
}

/** The id of some peer, present or not, or of nobody at all. */
function someId({ seats, random }: RoomModel, speaker: Actor): string {
  const others = seats.filter((actor) => actor !== speaker).map(({ id }) => id);
  return pick(random, [...others, ...others, ...others, speaker.id, "nobody"]);
}

/** Takes the next frame: who said it, and what. */
async function read({ client, version }: Actor): Promise<[string | undefined, string]> {
  const text = await client.nextText();
  const frame = JSON.parse(text) as JsonObject;
  if (frame.type === "error") return [undefined, String(frame.code)];
  if (version === 1) {
    const candidate = frame.candidate as JsonObject | undefined;
    return [String(frame.sdp ?? candidate?.candidate).split("/")[0], text];
  }
  const { from, to: _, ...body } = frame;
  return [String(from), JSON.stringify(body)];
}

function note(heard: Heard, from: string | undefined, what: string): void {
  heard.set(from, [...heard.get(from) ?? [], what]);
}
