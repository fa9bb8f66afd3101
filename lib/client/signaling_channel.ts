/**
 * The client's end of the signaling socket: joins the room, and comes back when the socket breaks.
 * The only file that touches the client's WebSocket.
 *
 * @module
 */

import { CLOSE_CODES, comesBack } from "../protocol/close_codes.ts";
import type { Cancel, Clock } from "../clock.ts";
import {
  type ClientMessage,
  type ErrorMessage,
  type ServerMessage,
  SUBPROTOCOL,
  type WelcomeMessage,
} from "../protocol/messages.ts";
import { parseServerMessage } from "../protocol/parse_server.ts";
import type { Rate } from "../protocol/token_bucket.ts";
import { backoffDelay } from "./backoff.ts";
import { Heartbeat } from "./heartbeat.ts";
import { Pacer, UNLIMITED } from "./pacer.ts";

/** The part of a WebSocket that the channel needs. */
export type ClientSocket = Pick<
  WebSocket,
  "send" | "close" | "readyState" | "onopen" | "onmessage" | "onclose" | "onerror"
>;

/** Why the channel stopped for good. */
export interface Stop {
  /** The close code of the server. */
  code: number;
  /** The last error that the server sent, if any. */
  error: ErrorMessage | undefined;
}

/** What a {@linkcode SignalingChannel} needs. */
export interface SignalingOptions {
  /** The address of the room: `ws(s)://host/ws/signal?room=NAME`. */
  url: string;
  /** The time. */
  clock: Clock;
  /** Opens a socket; the browser's own unless a test brings another. */
  openSocket?: (url: string, protocol: string) => ClientSocket;
  /** What takes the seat back that this page had before. */
  resume?: string | undefined;
  /** A number from 0 to 1; `Math.random` unless a test brings another. */
  random?: () => number;
  /** Hears every valid message of the server. */
  onMessage: (message: ServerMessage) => void;
  /** The socket broke; another is on its way. */
  onAway: () => void;
  /** The server said to stop. */
  onStop: (stop: Stop) => void;
}

/** Milliseconds in which a new socket brings its welcome, if it ever does. */
const PATIENCE = 10_000;

/** A signaling socket that comes back. */
export class SignalingChannel {
  #options: SignalingOptions;
  #socket: ClientSocket | undefined;
  #attempt = 0;
  #cancelRetry: Cancel = () => {};
  #lastError: ErrorMessage | undefined;
  /** What takes our seat back, once there is one. */
  #resume: string | undefined;
  #heartbeat: Heartbeat;
  #pacer: Pacer;
  #cancelPatience: Cancel = () => {};
  #isSeated = false;
  #closed = false;

  /** Prepares a channel; nothing is opened yet. */
  constructor(options: SignalingOptions) {
    this.#options = options;
    this.#resume = options.resume;
    this.#pacer = new Pacer(options.clock, (text) => this.#write(text));
    this.#heartbeat = new Heartbeat({
      clock: options.clock,
      ask: (t) => this.send({ type: "ping", t }),
      onSilence: () => this.#giveUp(),
    });
  }

  /** Opens the socket and joins the room; every return does so again, and takes the same seat. */
  open(): void {
    if (this.#closed || this.#socket !== undefined) return;
    const { url, openSocket = openWebSocket } = this.#options;
    const socket = openSocket(url, SUBPROTOCOL);
    this.#socket = socket;
    this.#lastError = undefined;
    this.#cancelPatience = this.#options.clock.after(PATIENCE, () => this.#giveUp());
    socket.onopen = () => {
      if (socket === this.#socket) this.send({ type: "join", ...this.#token() });
    };
    socket.onmessage = ({ data }) => this.#receive(socket, data);
    socket.onclose = ({ code }) => this.#lost(socket, code);
    // A close always follows, and says more.
    socket.onerror = () => {};
  }

  /** Sends a message; it is dropped where no socket is open, for then its moment has passed. */
  send(message: ClientMessage): void {
    const isSignal = "sdp" in message || "candidate" in message || message.type === "ice-servers";
    if (!isSignal) this.#write(JSON.stringify(message));
    // Without a seat nobody is there to hear it, and the server takes it for a mistake.
    else if (this.#isSeated) this.#pacer.send(JSON.stringify(message));
  }

  /** Comes back now rather than later, or looks whether the socket is well. */
  wake(): void {
    if (this.#closed) return;
    if (this.#socket !== undefined) return this.#heartbeat.check();
    this.#cancelRetry();
    this.open();
  }

  /** Leaves the room, which frees the seat at once, and closes. Calling it again does nothing. */
  leave(): void {
    this.send({ type: "leave" });
    this.close();
  }

  /** Closes without a word. Calling it again does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelRetry();
    this.#cancelPatience();
    this.#heartbeat.stop();
    this.#pacer.stop();
    this.#socket?.close(CLOSE_CODES.left, "left");
    this.#socket = undefined;
  }

  #receive(socket: ClientSocket, data: unknown): void {
    if (socket !== this.#socket) return;
    this.#heartbeat.heard();
    const parsed = parseServerMessage(data);
    // A newer server may know messages that this client does not.
    if (!parsed.ok) return;
    const message = parsed.value;
    if (message.type === "welcome") {
      this.#isSeated = true;
      this.#pacer.start(rateOf(message.limits));
      this.#attempt = 0;
      this.#cancelPatience();
      this.#resume = message.resume;
      this.#heartbeat.start(message.heartbeat);
    }
    if (message.type === "ping") this.send({ type: "pong", t: message.t });
    if (message.type === "error") this.#lastError = message;
    this.#options.onMessage(message);
  }

  /** The socket is silent. That it closes may take the browser minutes, which nobody waits for. */
  #giveUp(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    // Without a welcome we do not know our seat, and could not take it back.
    if (this.#isSeated) socket.close();
    else socket.close(CLOSE_CODES.left, "left");
    this.#lost(socket, BROKEN);
  }

  #lost(socket: ClientSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#isSeated = false;
    this.#cancelPatience();
    this.#heartbeat.stop();
    this.#pacer.stop();
    if (!comesBack(code)) {
      this.#closed = true;
      return this.#options.onStop({ code, error: this.#lastError });
    }
    const { clock, random = Math.random, onAway } = this.#options;
    const wanted = (this.#lastError?.retryAfter ?? 0) * 1000;
    const delay = Math.max(backoffDelay(this.#attempt++, random()), wanted);
    this.#cancelRetry = clock.after(delay, () => this.open());
    onAway();
  }

  #write(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  #token(): { resume?: string } {
    return this.#resume === undefined ? {} : { resume: this.#resume };
  }
}

/** What a browser calls the end of a connection that just broke (RFC 6455 section 7.4.1). */
const BROKEN = 1006;

function rateOf({ MESSAGES_PER_SECOND, MESSAGE_BURST }: WelcomeMessage["limits"]): Rate {
  const [perSecond, burst] = [Number(MESSAGES_PER_SECOND), Number(MESSAGE_BURST)];
  // What the server does not tell is without limit.
  return perSecond > 0 && burst > 0 ? { perSecond, burst } : UNLIMITED;
}

function openWebSocket(url: string, protocol: string): ClientSocket {
  return new WebSocket(url, protocol);
}
