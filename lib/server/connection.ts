/**
 * The server's end of one WebSocket: the only file that touches it. It counts what comes in, watches
 * whether what goes out is read, and leaves the meaning of it to a {@linkcode Peer}.
 *
 * @module
 */

import { CLOSE, type Close } from "../protocol/closes.ts";
import { countBytes } from "../protocol/limits.ts";
import type { ServerMessage } from "../protocol/messages.ts";
import { Allowance } from "./allowance.ts";
import { Backlog } from "./backlog.ts";
import type { Expiring } from "./deadlines.ts";
import type { Upgrade } from "./handshake.ts";
import { type Line, Peer } from "./peer.ts";
import type { Signaling } from "./signaling.ts";
import type { Watched } from "./sockets.ts";

/** The part of a WebSocket that a connection needs. */
export type ServerSocket = Pick<
  WebSocket,
  | "send"
  | "close"
  | "readyState"
  | "bufferedAmount"
  | "binaryType"
  | "addEventListener"
>;

/** Everything that a socket tells of. */
const EVENTS = ["open", "message", "close", "error"] as const;

/** How far above the limit a peer is sent nothing more, until it is looked at. */
const MOST_EXCESS = 16;

/** Begins to talk on an upgraded socket, as the handshake decided. */
export function connect(socket: ServerSocket, upgrade: Upgrade, signaling: Signaling): void {
  new Connection(socket, upgrade, signaling);
}

class Connection implements Line, Watched, Expiring, EventListenerObject {
  #socket: ServerSocket;
  #signaling: Signaling;
  #address: string;
  #peer: Peer;
  #allowance: Allowance;
  #backlog: Backlog;
  /** Whether so much waits for it that it is sent nothing more. */
  #isSlow = false;
  /** Whether it is closed as soon as it opens: it took too long, or the server restarts. */
  #isUnwanted = false;
  #isReceiving = false;
  /** How it is about to be closed. */
  #closing: Close | undefined;
  #isCounted = true;
  #isAbandoned = false;

  constructor(socket: ServerSocket, upgrade: Upgrade, signaling: Signaling) {
    const now = signaling.clock.now();
    this.#socket = socket;
    this.#signaling = signaling;
    this.#address = upgrade.address;
    this.#allowance = new Allowance(signaling.rates, now);
    this.#backlog = new Backlog(now);
    this.#peer = new Peer(this, upgrade, signaling);
    socket.binaryType = "arraybuffer";
    // One listener for all: four closures would be a tenth of what an idle connection holds.
    for (const type of EVENTS) socket.addEventListener(type, this);
    signaling.admission.enter(upgrade.address);
    signaling.sockets.add(this);
    signaling.opening.add(this);
  }

  handleEvent(event: Event): void {
    switch (event.type as typeof EVENTS[number]) {
      case "message":
        return this.#receive((event as MessageEvent).data);
      case "open":
        return this.#open();
      case "close":
        return this.#gone((event as CloseEvent).code);
      case "error":
        return this.#fail();
    }
  }

  send(text: string): void {
    const socket = this.#socket;
    if (socket.readyState !== WebSocket.OPEN || this.#isSlow) return;
    socket.send(text);
    this.#backlog.add(text);
    const excess = socket.bufferedAmount / this.#signaling.config.limits.MAX_BUFFERED_BYTES;
    if (excess <= 1) return;
    // Nothing is written while many send in the same moment, so that it had no time to read yet.
    this.#signaling.sockets.suspect(this);
    this.#isSlow = excess > MOST_EXCESS;
  }

  close(close: Close): void {
    if (!this.#isReceiving) return this.#closeNow(close);
    // What its peer has said already is taken in first: the runtime drops a connection on which
    // something arrives after the close, and the peer would not hear the code.
    this.#closing = close;
    this.#signaling.closing.add(this);
  }

  /**
   * It is time to close; or the peer broke the handshake off, of which the runtime says nothing. Its
   * seat is free then; but the socket stays counted, for since Deno 2.8 it is never really closed.
   */
  expire(): void {
    if (this.#socket.readyState === WebSocket.CLOSING) return this.#abandon();
    if (this.#closing !== undefined) return this.#closeNow(this.#closing);
    this.#isUnwanted = true;
    this.#peer.drop();
  }

  checkReading(): void {
    const { readyState, bufferedAmount } = this.#socket;
    if (readyState !== WebSocket.OPEN) return;
    const { clock, config: { limits } } = this.#signaling;
    const isStuck = this.#backlog.isStuck(bufferedAmount, clock.now());
    const isSlow = this.#isSlow || bufferedAmount > limits.MAX_BUFFERED_BYTES;
    if (isStuck || isSlow) this.#evict(CLOSE.slowReader);
  }

  turnOut(close: Close): void {
    const message = "This server restarts: come back, and take your seat with its token";
    this.#say({ type: "error", code: "restarting", message });
    this.#isUnwanted = true;
    this.close(close);
  }

  drop(): void {
    this.#peer.drop();
  }

  #open(): void {
    this.#signaling.opening.delete(this);
    if (this.#isUnwanted) this.close(CLOSE.tryLater);
    else this.#peer.open();
  }

  #receive(data: unknown): void {
    if (this.#peer.hasEnded) return;
    this.#isReceiving = true;
    try {
      const now = this.#signaling.clock.now();
      const bytes = typeof data === "string" ? countBytes(data) : sizeOf(data);
      if (this.#isAllowed(bytes, now)) this.#peer.receive({ data, bytes, now });
    } catch (error) {
      console.error(error);
      this.#evict(CLOSE.serverFault);
    } finally {
      this.#isReceiving = false;
    }
  }

  #isAllowed(bytes: number, now: number): boolean {
    const { rates, config: { limits } } = this.#signaling;
    // What is too large is answered as that, not as too much.
    const counted = Math.min(bytes, limits.MAX_MESSAGE_BYTES);
    const verdict = this.#allowance.take(rates, counted, now);
    if (verdict === "taken") return true;
    const message = "Too much at once: this message was not heard";
    const retryAfter = this.#allowance.wait(rates, counted, now);
    this.#say({ type: "error", code: "rate-limited", message, retryAfter });
    if (verdict === "exceeded") this.#evict(CLOSE.rateLimited);
    return false;
  }

  #say(message: ServerMessage): void {
    this.send(JSON.stringify(message));
  }

  /** Frees the seat before it closes: where the peer does not read, the close never completes. */
  #evict(close: Close): void {
    this.#peer.end();
    this.close(close);
  }

  #closeNow({ code, reason }: Close): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.close(code, reason);
    this.#signaling.closing.delete(this);
    this.#signaling.answering.add(this);
  }

  /** Its peer does not answer the close, and the runtime waits for that without end. */
  #abandon(): void {
    this.#isAbandoned = true;
    this.#signaling.admission.abandon(this.#address);
  }

  /** A close follows, unless the socket was never open. */
  #fail(): void {
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#gone();
    else this.#peer.drop();
  }

  /** The socket is closed. The runtime may say so twice. */
  #gone(code?: number): void {
    this.#peer.drop(code === CLOSE.left.code || code === CLOSE.goingAway.code);
    if (!this.#isCounted) return;
    this.#isCounted = false;
    const { opening, closing, answering, sockets, admission } = this.#signaling;
    for (const deadlines of [opening, closing, answering]) deadlines.delete(this);
    if (this.#isAbandoned) admission.bury();
    else admission.leave(this.#address);
    sockets.delete(this);
  }
}

function sizeOf(data: unknown): number {
  return data instanceof ArrayBuffer ? data.byteLength : 0;
}
