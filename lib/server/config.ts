/**
 * What an operator can set. One table holds every setting with its meaning; the start fails with
 * one clear line for a value that cannot be.
 *
 * @module
 */

import { type Limit, type LimitName, LIMITS } from "../protocol/limits.ts";
import { no, type Result, yes } from "../protocol/result.ts";
import { parseTrustedProxies, type TrustedProxies } from "./client_address.ts";
import { DEFAULT_STUN_URLS, parseIce } from "./ice_servers.ts";
import { type OriginRule, parseAllowedOrigins } from "./origin.ts";
import type { Ice } from "./turn_credentials.ts";

/** The limits in force; `Infinity` where one is lifted. */
export type Limits = Record<LimitName, number>;

/** What the server was told to be. */
export interface Config {
  /** The TCP port to listen on; 0 takes any free one. */
  port: number;
  /** The address to listen on. */
  hostname: string;
  /** How peers are helped to find a path between them. */
  ice: Ice;
  /** Which web pages may connect. */
  origins: OriginRule;
  /** Whose proxy headers are believed. */
  trustedProxies: TrustedProxies;
  /** Every bound of the protocol. */
  limits: Limits;
}

/** Every setting by its name, with what it means. */
export const SETTINGS = {
  PORT: "Port to listen on; 0 takes a free one (8000)",
  HOSTNAME: "Address to listen on (0.0.0.0)",
  ICE_SERVERS: "All ICE servers: a JSON list of RTCIceServer, or URLs and commas (none)",
  STUN_URLS: `STUN servers, separated by commas; empty for none (${DEFAULT_STUN_URLS})`,
  TURN_URLS: "TURN servers, separated by commas (none)",
  TURN_SECRET: "What the TURN servers share with this one, as use-auth-secret of coturn (none)",
  TURN_TTL: "Seconds for which a peer's credentials of TURN_SECRET last, 60 to 86400 (86400)",
  TURN_USERNAME: "The name by which the TURN servers know every peer (none)",
  TURN_CREDENTIAL: "The password of TURN_USERNAME (none)",
  ICE_TRANSPORT: "all, or relay, which shows no peer the address of another (all)",
  ALLOWED_ORIGINS: "Origins whose pages may connect, beside the server's own; * for any (none)",
  REQUIRE_ORIGIN: "1 refuses clients that name no origin, which no browser does (0)",
  TRUSTED_PROXIES: "Proxies to believe: addresses, networks, loopback, private (none)",
  ROOM_CAPACITY: "Peers per room, 2 to 8 (2)",
  MAX_MESSAGE_BYTES: "Bytes of one signaling message, at most 65536 (16384)",
  MESSAGES_PER_SECOND: "Messages that one socket may send in a second (10)",
  MESSAGE_BURST: "Messages that one socket may send at once (60)",
  BYTES_PER_SECOND: "Bytes that one socket may send in a second (32768)",
  BYTE_BURST: "Bytes that one socket may send at once (262144)",
  JOIN_TIMEOUT: "Seconds until a version 2 socket must have joined, at most 30 (10)",
  IDLE_TIMEOUT: "Seconds until a socket that answers no ping is closed, at most 60 (30)",
  SEAT_GRACE: "Seconds for which a dropped version 2 peer keeps its seat, at most 300 (30)",
  MAX_BUFFERED_BYTES: "Bytes that may wait for a peer that reads slowly (262144)",
  MAX_ROOMS: "Rooms of this process (20000)",
  MAX_SOCKETS: "Sockets of this process (20000)",
  MAX_SOCKETS_PER_ADDRESS: "Sockets from one IPv4 address, or one IPv6 /64 (128)",
  UPGRADES_PER_MINUTE: "New sockets a minute from one address, half of them at once (120)",
  MAX_RSS: "Bytes of memory above which no socket is opened (1073741824)",
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
  const ttl = parseNumber("TURN_TTL", settings.TURN_TTL, TURN_TTL);
  if (!ttl.ok) return ttl;
  const ice = parseIce(settings, ttl.value);
  if (!ice.ok) return no(`Cannot start server as ${ice.reason}`);
  const allowed = parseAllowedOrigins(settings.ALLOWED_ORIGINS ?? "");
  if (!allowed.ok) return refuse("ALLOWED_ORIGINS", allowed.reason);
  const required = parseNumber("REQUIRE_ORIGIN", settings.REQUIRE_ORIGIN, SWITCH);
  if (!required.ok) return required;
  const proxies = parseTrustedProxies(settings.TRUSTED_PROXIES ?? "");
  if (!proxies.ok) return refuse("TRUSTED_PROXIES", proxies.reason);
  const limits = parseLimits(settings);
  if (!limits.ok) return limits;
  return yes({
    port: port.value,
    hostname: settings.HOSTNAME || "0.0.0.0",
    ice: ice.value,
    origins: { allowed: allowed.value, required: required.value === 1 },
    trustedProxies: proxies.value,
    limits: limits.value,
  });
}

/** Reads every limit; 0 lifts one as far as its ceiling, for the protocol itself is never off. */
function parseLimits(settings: Settings): Result<Limits> {
  const limits: Partial<Limits> = {};
  for (const name of Object.keys(LIMITS) as LimitName[]) {
    const { default: fallback, ceiling }: Limit = LIMITS[name];
    const most = ceiling ?? Number.MAX_SAFE_INTEGER;
    const least = name === "ROOM_CAPACITY" ? 2 : 1;
    const value = settings[name];
    const number = value === "0"
      ? yes(ceiling ?? Infinity)
      : parseNumber(name, value, { least, most, fallback });
    if (!number.ok) return number;
    limits[name] = number.value;
  }
  return yes(limits as Limits);
}

interface Bounds {
  least: number;
  most: number;
  fallback: number;
}

const SWITCH: Bounds = { least: 0, most: 1, fallback: 0 };

/** Who waits for a peer all day still gets through to it. */
const TURN_TTL: Bounds = { least: 60, most: 86_400, fallback: 86_400 };

function parseNumber(
  name: SettingName,
  value: string | undefined,
  { least, most, fallback }: Bounds,
): Result<number> {
  if (value === undefined || value === "") return yes(fallback);
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return yes(number);
  return refuse(name, `must be ${least}-${most}: current value is ${JSON.stringify(value)}`);
}

function refuse(name: SettingName, reason: string): Result<never> {
  return no(`Cannot start server as "${name}" ${reason}`);
}
