import { assert, assertEquals } from "@std/assert";
import type { JsonObject } from "../../lib/protocol/parse.ts";
import type { Version } from "../../lib/protocol/messages.ts";
import { FakeServerSocket } from "../fakes/server_socket.ts";

/** What the server did, in the order in which it did it. */
export type Deed =
  | { did: "send"; player: Player; text: string }
  | { did: "close"; player: Player; code: number }
  /** What a player said was too much: it is not heard any more, and about to be closed. */
  | { did: "doom"; player: Player }
  /** A version 1 handshake was accepted, or refused. */
  | { did: "promise"; player: Player }
  | { did: "refuse"; room: string; status: number };

/** A place in a room, as the model has it. */
export interface Place {
  version: Version;
  /** Known once a version 2 peer was told of it. */
  peer: string | undefined;
  token: string | undefined;
  /** Nobody while the peer is away. */
  player: Player | undefined;
  awaySince: number;
}

/** A signal that somebody sent. */
export interface Sent {
  n: number;
  by: Player;
  place: Place;
  room: string;
  message: JsonObject;
  text: string;
  /** Who was to hear it at once. */
  audience: Set<Player>;
}

/** What was done in one step: it explains what the server does. */
export interface Step {
  /** Who acted. */
  by?: Player;
  kind: string;
  /** What it said. */
  sent?: Sent;
}

/** Whether a version has words for what was sent. */
export function hasWords({ message }: Sent, version: Version): boolean {
  return version === 2 || message.type !== "candidate" || message.candidate !== null;
}

/** A socket that writes into a journal which it shares with all others. */
class JournalSocket extends FakeServerSocket {
  #journal: Deed[];
  #player: Player;

  constructor(journal: Deed[], player: Player) {
    super();
    this.#journal = journal;
    this.#player = player;
  }

  override send(data: Parameters<FakeServerSocket["send"]>[0]): void {
    super.send(data);
    this.takeTexts();
    this.#journal.push({ did: "send", player: this.#player, text: String(data) });
  }

  override close(code?: number, reason?: string): void {
    super.close(code, reason);
    this.#journal.push({ did: "close", player: this.#player, code: code ?? 0 });
  }
}

/** A client that believes of its room what it is told, and nothing else. */
export class Player {
  readonly socket: FakeServerSocket;
  readonly version: Version;
  readonly room: string;
  readonly openedAt: number;
  /** Whether its handshake took so long that its seat was given away. */
  isTooLate = false;
  /** Says bad things mostly, and joins late. */
  isRude = false;
  state: "promised" | "joining" | "waiting" | "in" | "over";
  place: Place | undefined;
  /** The token that it came with. */
  resume: string | undefined;
  strikes = 0;
  /** How it may be closed, and since when it is about to be. */
  doom: { codes: number[]; since: number } | undefined;
  keepsHeartbeat = false;
  saidAt: number;
  leftAt = Infinity;
  waitsSince = Infinity;
  stoppedReadingAt = Infinity;
  /** Version 2: the other peers, and whether they are present. */
  believes = new Map<string, "present" | "away">();
  /** Version 1: how often it heard that somebody left, and how often it should have. */
  leaves = 0;
  leavesDue = 0;
  /** What it is to get of what was kept, in this order. */
  mail: Sent[] = [];
  /** The last signal that it heard of each other client. */
  last = new Map<Player, number>();

  constructor(version: Version, room: string, journal: Deed[], now: number) {
    this.version = version;
    this.room = room;
    this.state = version === 1 ? "promised" : "joining";
    this.socket = new JournalSocket(journal, this);
    this.openedAt = now;
    this.saidAt = now;
  }

  /** Whether its socket is open, and the server still listens to it. */
  get isHeard(): boolean {
    return this.state !== "over" && this.state !== "promised";
  }

  /** Is told of another peer. */
  isTold({ type, peer, reason }: JsonObject): void {
    const id = String(peer);
    const before = this.believes.get(id);
    switch (type) {
      case "peer-joined":
        assertEquals(before, undefined, `${id} joined before`);
        this.believes.set(id, "present");
        return;
      case "peer-away":
        assertEquals(before, "present", `${id} is away, but was not here`);
        this.believes.set(id, "away");
        return;
      case "peer-back":
        assertEquals(before, "away", `${id} is back, but was not away`);
        this.believes.set(id, "present");
        return;
      case "peer-left":
        assert(before !== undefined, `${id} left, but was not known`);
        assert(["left", "lost"].includes(String(reason)), String(reason));
        this.believes.delete(id);
        return;
      default:
        throw new Error(`A version 2 peer was sent ${type}`);
    }
  }

  /** Hears a signal: once, in order, as it was sent, and from whom it is. */
  hears(sent: Sent, message: JsonObject, text: string): void {
    assert(sent.by !== this, `${sent.n} came back to its sender`);
    assertEquals(sent.room, this.room, `${sent.n} was heard in another room`);
    assert(sent.n > (this.last.get(sent.by) ?? 0), `${sent.n} came twice or too late`);
    this.last.set(sent.by, sent.n);
    if (this.version === 2) {
      assert(this.believes.has(String(message.from)), `${sent.n} is from a stranger`);
      assertEquals(message, { ...sent.message, from: sent.place.peer });
      assertEquals(text.match(/"from":/g)?.length, 1, `${sent.n} says twice from whom it is`);
    } else if (sent.by.version === 1) {
      assertEquals(text, sent.text);
    } else {
      const { to: _, ...rest } = sent.message;
      assertEquals(message, rest);
    }
  }
}
