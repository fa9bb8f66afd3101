/**
 * Opening the port, and saying in one line why it could not be opened.
 *
 * @module
 */

import { no, type Result, yes } from "../protocol/result.ts";

/** Where to listen. */
export interface Address {
  /** The TCP port; 0 takes a free one. */
  port: number;
  /** The address of an interface, or 0.0.0.0 or :: for all. */
  hostname: string;
}

/** How to listen. */
export interface ListenOptions extends Address {
  /** Hears of the address that was taken. */
  onListen: (address: Address) => void;
}

/** Serves `handler` at an address. */
export function listen(
  handler: Deno.ServeHandler<Deno.NetAddr>,
  { port, hostname, onListen }: ListenOptions,
): Result<Deno.HttpServer<Deno.NetAddr>> {
  try {
    return yes(Deno.serve({ port, hostname, onListen }, handler));
  } catch (error) {
    return no(explainListenError(error, { port, hostname }));
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
