/**
 * What an operator can set. One table holds every setting with its meaning; the start fails with
 * one clear line for a value that cannot be.
 *
 * @module
 */

import { type Limit, LIMITS } from "../protocol/limits.ts";
import { no, type Result, yes } from "../protocol/result.ts";
import type { IceServer } from "../protocol/messages.ts";
import { DEFAULT_STUN_URLS, parseStunUrls } from "./ice_servers.ts";

/** What the server was told to be. */
export interface Config {
  /** The TCP port to listen on; 0 takes any free one. */
  port: number;
  /** The address to listen on. */
  hostname: string;
  /** The ICE servers that peers are told of. */
  iceServers: IceServer[];
  /** How many peers a room holds. */
  roomCapacity: number;
  /** The most bytes of one signaling frame. */
  maxMessageBytes: number;
  /** Seconds that a version 2 socket may take to join. */
  joinTimeout: number;
  /** Seconds after which a silent socket is closed. */
  idleTimeout: number;
}

/** Every setting by its name, with what it means. */
export const SETTINGS = {
  PORT: "Port to listen on; 0 takes a free one (8000)",
  HOSTNAME: "Address to listen on (0.0.0.0)",
  STUN_URLS: `STUN servers, separated by commas; empty for none (${DEFAULT_STUN_URLS})`,
  ROOM_CAPACITY: "Peers per room, 2 to 8 (2)",
  MAX_MESSAGE_BYTES: "Bytes of one signaling frame, at most 65536 (16384)",
  JOIN_TIMEOUT: "Seconds until a version 2 socket must have joined, at most 30 (10)",
  IDLE_TIMEOUT: "Seconds until a socket that answers no ping is closed, at most 60 (30)",
} as const satisfies Record<string, string>;

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** The settings as text, the way an environment holds them. */
export type Settings = { [name in SettingName]?: string | undefined };

/**
 * Reads the settings.
 *
 * @example
 * ```ts
 * import { parseConfig } from "./config.ts";
 *
 * parseConfig({ PORT: "http" });
 * // { ok: false, reason: 'Cannot start server as "PORT" must be 0-65535: current value is "http"' }
 * ```
 */
export function parseConfig(settings: Settings): Result<Config> {
  const port = parseNumber("PORT", settings.PORT, { least: 0, most: 65535, fallback: 8000 });
  if (!port.ok) return port;
  const stunUrls = parseStunUrls(settings.STUN_URLS ?? DEFAULT_STUN_URLS);
  if (!stunUrls.ok) return no(`Cannot start server as "STUN_URLS" ${stunUrls.reason}`);
  const seats = { ...bounds(LIMITS.ROOM_CAPACITY), least: 2 };
  const capacity = parseNumber("ROOM_CAPACITY", settings.ROOM_CAPACITY, seats);
  if (!capacity.ok) return capacity;
  const size = parseLimit("MAX_MESSAGE_BYTES", settings.MAX_MESSAGE_BYTES);
  if (!size.ok) return size;
  const join = parseLimit("JOIN_TIMEOUT", settings.JOIN_TIMEOUT);
  if (!join.ok) return join;
  const idle = parseLimit("IDLE_TIMEOUT", settings.IDLE_TIMEOUT);
  if (!idle.ok) return idle;
  return yes({
    port: port.value,
    hostname: settings.HOSTNAME || "0.0.0.0",
    iceServers: stunUrls.value,
    roomCapacity: capacity.value,
    maxMessageBytes: size.value,
    joinTimeout: join.value,
    idleTimeout: idle.value,
  });
}

interface Bounds {
  least: number;
  most: number;
  fallback: number;
}

function bounds(limit: Limit): Bounds {
  return { least: 0, most: limit.ceiling ?? Number.MAX_SAFE_INTEGER, fallback: limit.default };
}

/** Reads a limit, of which 0 means the ceiling: the protocol itself is never switched off. */
function parseLimit(
  name: "MAX_MESSAGE_BYTES" | "JOIN_TIMEOUT" | "IDLE_TIMEOUT",
  value: string | undefined,
): Result<number> {
  const number = parseNumber(name, value, bounds(LIMITS[name]));
  return number.ok ? yes(number.value || LIMITS[name].ceiling) : number;
}

function parseNumber(
  name: SettingName,
  value: string | undefined,
  { least, most, fallback }: Bounds,
): Result<number> {
  if (value === undefined || value === "") return yes(fallback);
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return yes(number);
  const current = JSON.stringify(value);
  return no(
    `Cannot start server as "${name}" must be ${least}-${most}: current value is ${current}`,
  );
}
