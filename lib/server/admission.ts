/**
 * How many sockets, and from whom: decides whether one more may be opened.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { Deadlines, type Expiring } from "./deadlines.ts";
import { type Rate, TokenBucket } from "../protocol/token_bucket.ts";

/** What an {@linkcode Admission} holds to; `Infinity` where nothing is limited. */
export interface AdmissionLimits {
  /** Sockets at a time. */
  MAX_SOCKETS: number;
  /** Sockets at a time from one address. */
  MAX_SOCKETS_PER_ADDRESS: number;
  /** Upgrades in a minute from one address; half of them may come at once. */
  UPGRADES_PER_MINUTE: number;
}

/** What an {@linkcode Admission} needs. */
export interface AdmissionOptions {
  /** The bounds. */
  limits: AdmissionLimits;
  /** The time. */
  clock: Clock;
  /** Tells whether memory is too short for another socket. */
  isShortOfMemory: () => boolean;
  /** Called when the server is full, and many of its sockets belong to nobody any longer. */
  onOverrun: () => void;
}

/** Why no socket is opened now. */
export interface NotNow {
  /** The status of the answer (RFC 6585 section 4, RFC 9110 section 15.6.4). */
  status: 429 | 503;
  /** The same as an error of the protocol. */
  code: "rate-limited" | "try-later";
  /** The same for a person. */
  message: string;
  /** Seconds after which trying again makes sense. */
  retryAfter: number;
}

/** Seconds after which a full server may have room again. */
const RETRY_AFTER = 5;

/** The part of all sockets that may belong to nobody, until they are dropped to make room. */
const OVERRUN = 0.1;

/** Counts the sockets of this process. */
export class Admission {
  #options: AdmissionOptions;
  #upgrades: Rate;
  #visitors = new Map<string, Visitor>();
  #forgetting: Deadlines;
  #sockets = 0;
  /** How many of the sockets belong to nobody. */
  #abandoned = 0;

  /** Makes an admission that has let nobody in yet. */
  constructor(options: AdmissionOptions) {
    this.#options = options;
    const { limits: { UPGRADES_PER_MINUTE: perMinute }, clock } = options;
    const burst = Math.ceil(perMinute / 2);
    this.#upgrades = { perSecond: perMinute / 60, burst };
    // Then the bucket is full again, and tells no more than a new one.
    const full = Number.isFinite(perMinute) ? burst * 60_000 / perMinute : 0;
    this.#forgetting = new Deadlines(clock, full);
  }

  /** How many sockets are open. */
  get sockets(): number {
    return this.#sockets;
  }

  /** How many addresses are known. */
  get addresses(): number {
    return this.#visitors.size;
  }

  /** Counts an attempt from `address`; answers why it is refused, or nothing where it is not. */
  knock(address: string): NotNow | undefined {
    const { limits, clock, isShortOfMemory } = this.#options;
    const now = clock.now();
    const visitor = this.#visitor(address);
    if (!visitor.upgrades.take(this.#upgrades, 1, now)) {
      const retryAfter = visitor.upgrades.wait(this.#upgrades, 1, now);
      const message = `At most ${limits.UPGRADES_PER_MINUTE} sockets a minute from one address`;
      return { status: 429, code: "rate-limited", message, retryAfter };
    }
    if (visitor.sockets >= limits.MAX_SOCKETS_PER_ADDRESS) {
      const message =
        `At most ${limits.MAX_SOCKETS_PER_ADDRESS} sockets at a time from one address`;
      return { status: 429, code: "rate-limited", message, retryAfter: RETRY_AFTER };
    }
    if (this.#sockets >= limits.MAX_SOCKETS || isShortOfMemory()) {
      if (this.#abandoned > 0 && this.#abandoned >= this.#sockets * OVERRUN) {
        this.#options.onOverrun();
      }
      const message = "This server is full";
      return { status: 503, code: "try-later", message, retryAfter: RETRY_AFTER };
    }
  }

  /** Counts a socket from `address`. */
  enter(address: string): void {
    this.#sockets++;
    this.#visitor(address).sockets++;
  }

  /** Counts a socket from `address` no more. */
  leave(address: string): void {
    const visitor = this.#visitors.get(address);
    if (visitor === undefined) return;
    this.#sockets--;
    visitor.sockets--;
    this.#forgetting.add(visitor);
  }

  /** A socket from `address` was closed, but will not end: it is the server's alone from now on. */
  abandon(address: string): void {
    this.leave(address);
    this.#sockets++;
    this.#abandoned++;
  }

  /** An abandoned socket has ended after all. */
  bury(): void {
    if (this.#abandoned === 0) return;
    this.#sockets--;
    this.#abandoned--;
  }

  /** Forgets everybody. Calling it again does nothing. */
  close(): void {
    this.#visitors.clear();
    this.#sockets = 0;
    this.#abandoned = 0;
    this.#forgetting.close();
  }

  #visitor(address: string): Visitor {
    let visitor = this.#visitors.get(address);
    if (visitor === undefined) {
      const upgrades = new TokenBucket(this.#upgrades, this.#options.clock.now());
      visitor = { sockets: 0, upgrades, expire: () => this.#forget(address) };
      this.#visitors.set(address, visitor);
    }
    this.#forgetting.add(visitor);
    return visitor;
  }

  #forget(address: string): void {
    if (this.#visitors.get(address)?.sockets === 0) this.#visitors.delete(address);
  }
}

interface Visitor extends Expiring {
  sockets: number;
  upgrades: TokenBucket;
}
