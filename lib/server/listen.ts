/**
 * Opening the port, and saying in one line why it could not be opened.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { no, type Result, yes } from "../protocol/result.ts";

/** Where to listen. */
export interface Address {
  /** The TCP port; 0 takes a free one. */
  port: number;
  /** The address of an interface, or 0.0.0.0 or :: for all. */
  hostname: string;
}

/** What a {@linkcode Listener} serves. */
export type Handler = Deno.ServeHandler<Deno.NetAddr>;

/** Milliseconds between two attempts to take a port that is about to be free. */
const RETRY = 10;

/** How often it is tried. */
const ATTEMPTS = 500;

/** Milliseconds until a server that could not accept any more tries again. */
const RECOVERY = 1_000;

/** A server on one port, which can drop all its connections and go on. */
export class Listener {
  #handler: Handler;
  #clock: Clock;
  #server: Deno.HttpServer<Deno.NetAddr>;
  #abort = new AbortController();
  #isClosed = false;

  private constructor(handler: Handler, address: Address, clock: Clock) {
    this.#handler = handler;
    this.#clock = clock;
    this.#server = this.#serve(address);
  }

  /** Serves `handler` at an address. */
  static open(handler: Handler, address: Address, clock: Clock): Result<Listener> {
    try {
      return yes(new Listener(handler, address, clock));
    } catch (error) {
      return no(explainListenError(error, address));
    }
  }

  /** Where it listens. */
  get address(): Address {
    const { hostname, port } = this.#server.addr;
    return { hostname, port };
  }

  /**
   * Drops every connection, whatever its other end does, and listens again at the same address.
   *
   * @throws {Deno.errors.AddrInUse} if somebody else took the port meanwhile.
   */
  async relisten(): Promise<void> {
    if (this.#isClosed) return;
    this.#abort.abort();
    this.#abort = new AbortController();
    await this.#listen();
  }

  async #listen(): Promise<void> {
    const { address } = this;
    for (let attempt = 1; !this.#isClosed; attempt++) {
      try {
        this.#server = this.#serve(address);
        return;
      } catch (error) {
        if (!(error instanceof Deno.errors.AddrInUse) || attempt === ATTEMPTS) throw error;
        await this.#wait(RETRY);
      }
    }
  }

  /** Answers what is under way, and stops. Calling it again does nothing. */
  async shutdown(): Promise<void> {
    this.#isClosed = true;
    await this.#server.shutdown();
  }

  #serve({ port, hostname }: Address): Deno.HttpServer<Deno.NetAddr> {
    const { signal } = this.#abort;
    const options = { port, hostname, signal, automaticCompression: true, onListen() {} };
    const server = Deno.serve(options, (request, info) => {
      // Made of the header Host, of which the runtime makes a URL without looking.
      if (URL.canParse(request.url)) return this.#handler(request, info);
      return new Response("The header Host is missing, or names no host\n", { status: 400 });
    });
    server.finished.catch((error) => this.#recover(error, signal));
    return server;
  }

  /** Where too many files are open, the runtime gives up; those who are in stay, and others may come. */
  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (this.#isClosed || signal.aborted) return;
    console.warn(`Nobody can be accepted now: ${error instanceof Error ? error.message : error}`);
    await this.#wait(RECOVERY);
    if (!signal.aborted) await this.#listen();
  }

  #wait(delay: number): Promise<void> {
    return new Promise((resolve) => this.#clock.after(delay, resolve));
  }
}

/** The URL under which a browser on this machine reaches `address`. */
export function urlOf({ hostname, port }: Address): string {
  if (hostname === "0.0.0.0" || hostname === "::") return `http://localhost:${port}`;
  return `http://${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/** Says in one line why an address could not be taken, and what to do. */
export function explainListenError(error: unknown, address: Address): string {
  return `Cannot start server ${reason(error, address)}`;
}

function reason(error: unknown, { port, hostname }: Address): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `as port ${port} is in use: stop what listens there, or set PORT to another`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `as port ${port} needs more rights: set PORT to a number above 1023`;
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return `as "HOSTNAME" must be an address of this machine: current value is "${hostname}"`;
  }
  return `at "${hostname}" port ${port}: ${error instanceof Error ? error.message : error}`;
}
