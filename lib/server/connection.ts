/**
 * The server's end of one WebSocket: the only file that touches it. Frames go through the parser and
 * the session to the room; what the room has to say goes out.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";
import { CLOSE, type Close } from "../protocol/close_codes.ts";
import { randomId } from "../protocol/ids.ts";
import { exceedsBytes } from "../protocol/limits.ts";
import type { ServerMessage, Version } from "../protocol/messages.ts";
import { parseClientMessage, type Parsed, parseVersion1 } from "../protocol/parse.ts";
import { no, type Result } from "../protocol/result.ts";
import type { Config } from "./config.ts";
import { type Handshake, ROOM_FULL } from "./handshake.ts";
import type { Registry } from "./registry.ts";
import type { Member, Room } from "./room.ts";
import { type AnyMessage, receive, type Session } from "./session.ts";

/** The part of a WebSocket that a connection needs. */
export type ServerSocket = Pick<
  WebSocket,
  "send" | "close" | "readyState" | "binaryType" | "onopen" | "onmessage" | "onclose" | "onerror"
>;

/** What connections share. */
export interface Signaling {
  /** What the operator set. */
  readonly config: Config;
  /** The rooms. */
  readonly registry: Registry;
  /** The time. */
  readonly clock: Clock;
}

/** Milliseconds between a version 2 client's pings, and without an answer until it gives up. */
const HEARTBEAT = { interval: 10_000, timeout: 5_000 };

/** Milliseconds that a peer has to close after its `leave`, until the server does. */
const LINGER = 1_000;

/** Begins to talk on an upgraded socket, as the handshake decided. */
export function connect(
  socket: ServerSocket,
  handshake: Exclude<Handshake, { state: "refuse" }>,
  signaling: Signaling,
): void {
  if (handshake.state === "turn-away") {
    socket.onopen = () => {
      socket.send(JSON.stringify(handshake.error));
      socket.close(handshake.close.code, handshake.close.reason);
    };
    return;
  }
  const { version, room } = handshake;
  new Connection(socket, { version, room, signaling });
}

interface ConnectionOptions {
  version: Version;
  room: string;
  signaling: Signaling;
}

class Connection implements Member {
  readonly peer = randomId(16);
  readonly version: Version;
  #socket: ServerSocket;
  #signaling: Signaling;
  #roomName: string;
  #room: Room | undefined;
  #session: Session;
  /** Takes back what is due: a promised seat, the join timeout, or the close after a leave. */
  #pending: Cancel;

  constructor(socket: ServerSocket, { version, room, signaling }: ConnectionOptions) {
    this.version = version;
    this.#socket = socket;
    this.#signaling = signaling;
    this.#roomName = room;
    this.#session = { state: version === 1 ? "joined" : "joining", strikes: 0 };
    if (version === 1) {
      const promised = signaling.registry.open(room);
      this.#pending = promised.reserve();
      socket.onopen = () => this.#enter(promised);
    } else {
      const { clock, config: { joinTimeout } } = signaling;
      this.#pending = clock.after(joinTimeout * 1000, () => this.#tooLate());
    }
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => this.#end();
    socket.onerror = () => this.#end();
  }

  send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  #receive(data: unknown): void {
    try {
      this.#act(data);
    } catch (error) {
      console.error(error);
      this.#close(CLOSE.serverFault);
    }
  }

  #act(data: unknown): void {
    const frame = this.#parse(data);
    if (frame === undefined) return;
    const step = receive(this.#session, frame);
    this.#session = step.session;
    switch (step.do) {
      case "nothing":
        return;
      case "join":
        return this.#join();
      case "relay":
        return this.#relay(String(data), step.parsed, step.to);
      case "leave": {
        const farewell = { ...step.parsed, text: String(data), from: this.peer };
        this.#room?.leave(this, "left", farewell);
        this.#end();
        // Who says leave closes, too; two closes at once would cross.
        this.#pending = this.#signaling.clock.after(LINGER, () => this.#close(CLOSE.left));
        return;
      }
      case "pong":
        return this.#say({ type: "pong", t: step.t });
      case "complain":
        return this.#say(step.error);
      case "close":
        this.#say(step.error);
        return this.#close(step.close);
      default:
        step satisfies never;
    }
  }

  /** Reads a frame; `undefined` where the frame ended the connection instead. */
  #parse(data: unknown): Result<Parsed<AnyMessage>> | undefined {
    const { maxMessageBytes } = this.#signaling.config;
    if (typeof data === "string" && exceedsBytes(data, maxMessageBytes)) {
      const reason = `A message must be at most ${maxMessageBytes} bytes`;
      if (this.version === 1) return no(reason);
      this.#say({ type: "error", code: "bad-message", message: reason });
      return this.#close(CLOSE.tooBig);
    }
    if (this.version === 1) return parseVersion1(data);
    return typeof data === "string" ? parseClientMessage(data) : this.#close(CLOSE.binary);
  }

  #join(): void {
    const { config, registry } = this.#signaling;
    if (registry.isFull(this.#roomName)) {
      this.#say({ type: "error", code: "room-full", message: ROOM_FULL });
      return this.#close(CLOSE.roomFull);
    }
    const room = registry.open(this.#roomName);
    this.#say({
      type: "welcome",
      peer: this.peer,
      room: room.name,
      capacity: room.capacity,
      peers: room.roster(),
      iceServers: config.iceServers,
      heartbeat: HEARTBEAT,
      limits: { MAX_MESSAGE_BYTES: config.maxMessageBytes },
    });
    this.#enter(room);
  }

  #enter(room: Room): void {
    this.#room = room;
    room.enter(this);
    this.#pending();
  }

  #relay(text: string, parsed: Parsed<AnyMessage>, to: string | undefined): void {
    const outcome = this.#room?.relay({ ...parsed, text, from: this.peer }, to);
    if (outcome === "peer-gone") {
      this.#say({ type: "error", code: "peer-gone", message: `No peer "${to}" is in this room` });
    } else if (outcome === "mailbox-full") {
      const message = "Nobody is here yet, and no more can be kept: wait for a peer, or offer anew";
      this.#say({ type: "error", code: "mailbox-full", message });
    }
  }

  #tooLate(): void {
    const message = `A "join" was due ${this.#signaling.config.joinTimeout} s after opening`;
    this.#say({ type: "error", code: "join-timeout", message });
    this.#close(CLOSE.noJoin);
  }

  #say(message: ServerMessage): void {
    this.send(JSON.stringify(message));
  }

  /** Frees the seat at once: a peer that stopped reading would never let the close complete. */
  #close({ code, reason }: Close): undefined {
    this.#end();
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close(code, reason);
  }

  /** Hears nothing more, and frees the seat of a peer that has not left it itself. */
  #end(): void {
    this.#session = { state: "ended" };
    this.#pending();
    this.#room?.leave(this, "lost");
  }
}
