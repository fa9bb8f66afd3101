import { assert } from "@std/assert";
import type { Signaling } from "../../lib/server/signaling.ts";
import { hasWords, type Place, type Player, type Sent } from "./fuzz_player.ts";

/** A room, as the model has it. */
export interface ModelRoom {
  places: Place[];
  promised: number;
  kept: Sent[];
}

/** Who is where, and what is kept for whom. */
export class Rooms {
  readonly rooms = new Map<string, ModelRoom>();
  #signaling: Signaling;

  constructor(signaling: Signaling) {
    this.#signaling = signaling;
  }

  get limits() {
    return this.#signaling.config.limits;
  }

  get now() {
    return this.#signaling.clock.now();
  }

  room(name: string): ModelRoom {
    let room = this.rooms.get(name);
    if (room === undefined) {
      room = { places: [], promised: 0, kept: [] };
      this.rooms.set(name, room);
    }
    return room;
  }

  isFull(name: string): boolean {
    const { places, promised } = this.room(name);
    return places.length + promised >= this.limits.ROOM_CAPACITY;
  }

  isOpen(name: string): boolean {
    const { places, promised } = this.room(name);
    return places.length + promised > 0;
  }

  present({ places }: ModelRoom): Player[] {
    return places.flatMap(({ player }) => player ?? []);
  }

  /** Seats `player`, who is handed what was kept for it. */
  sit(player: Player, place: Place): void {
    const room = this.room(player.room);
    if (!room.places.includes(place)) {
      assert(!this.isFull(player.room), "one more than the room holds");
      room.places.push(place);
    }
    place.player = player;
    player.place = place;
    player.state = "in";
    for (const sent of room.kept) {
      if (sent.place !== place && hasWords(sent, player.version)) player.mail.push(sent);
    }
    room.kept = room.kept.filter((sent) => sent.place === place);
  }

  /** Takes the seat of `player` from it: for good, or until it comes back. */
  stand(player: Player, forGood: boolean): void {
    const { place, state } = player;
    player.state = "over";
    player.place = undefined;
    const room = this.room(player.room);
    if (state === "promised") room.promised--;
    if (place === undefined) return;
    for (const other of this.present(room)) if (other !== player) other.leavesDue++;
    place.player = undefined;
    place.awaySince = this.now;
    if (forGood || player.version === 1) this.#free(room, place);
  }

  /** Keeps what was said to nobody: the newest offer, and what follows it. */
  keep(sent: Sent): void {
    const { type } = sent.message;
    if (type !== "offer" && type !== "candidate") return;
    const room = this.room(sent.room);
    const isAnew = type === "offer" && room.kept.some(({ message }) => message.type === "offer");
    room.kept = isAnew ? [sent] : [...room.kept, sent];
  }

  /** Frees the seats of those who were away for too long. */
  giveUpSeats(): void {
    for (const room of this.rooms.values()) {
      for (const place of room.places) {
        const isOver = this.now - place.awaySince >= this.limits.SEAT_GRACE * 1000;
        if (place.player === undefined && isOver) this.#free(room, place);
      }
    }
  }

  #free(room: ModelRoom, place: Place): void {
    room.places = room.places.filter((other) => other !== place);
    room.kept = room.kept.filter((sent) => sent.place !== place);
  }
}
