/**
 * What an operator can set about the servers that help two peers to find a path between them (STUN,
 * RFC 8489) or to do without one (TURN, RFC 8656).
 *
 * @module
 */

import type { IceServer } from "../protocol/messages.ts";
import { isObject, parseList } from "../protocol/parse.ts";
import { no, type Result, yes } from "../protocol/result.ts";
import { checkIceUrls, isTurnUrl, parseIceUrls } from "./ice_urls.ts";
import type { Ice } from "./turn_credentials.ts";

/** A public STUN server: it tells a peer its own address, and learns nothing else. */
export const DEFAULT_STUN_URLS = "stun:stun.cloudflare.com:3478";

/** The settings that are read here, as text. */
export interface IceSettings {
  /** All servers, as JSON or by their URLs. */
  ICE_SERVERS?: string | undefined;
  /** The STUN servers beside. */
  STUN_URLS?: string | undefined;
  /** The TURN servers beside. */
  TURN_URLS?: string | undefined;
  /** What this server and the TURN servers share. */
  TURN_SECRET?: string | undefined;
  /** Who every peer is to the TURN servers, where they share nothing. */
  TURN_USERNAME?: string | undefined;
  /** The password of that. */
  TURN_CREDENTIAL?: string | undefined;
  /** Whether peers may only meet at a relay. */
  ICE_TRANSPORT?: string | undefined;
}

/**
 * Reads the settings; credentials of `TURN_SECRET` last `ttl` seconds. A reason begins with the name
 * of the setting, and never tells a secret.
 */
export function parseIce(settings: IceSettings, ttl: number): Result<Ice> {
  const { ICE_SERVERS = "", TURN_URLS = "", ICE_TRANSPORT = "" } = settings;
  if (!["", "all", "relay"].includes(ICE_TRANSPORT)) {
    return no(`"ICE_TRANSPORT" must be all or relay: ${current(ICE_TRANSPORT)}`);
  }
  const isRelayOnly = ICE_TRANSPORT === "relay";
  const listed = parseIceServers(ICE_SERVERS);
  if (!listed.ok) return no(`"ICE_SERVERS" ${listed.reason}`);
  // Whoever names servers, or wants no address to be shown, has not asked for a public one.
  const fallback = ICE_SERVERS !== "" || isRelayOnly ? "" : DEFAULT_STUN_URLS;
  const stunUrls = parseIceUrls(settings.STUN_URLS ?? fallback, "stun");
  if (!stunUrls.ok) return no(`"STUN_URLS" ${stunUrls.reason}`);
  const turnUrls = parseIceUrls(TURN_URLS, "turn");
  if (!turnUrls.ok) return no(`"TURN_URLS" ${turnUrls.reason}`);
  const { known, unknown } = listed.value;
  const servers = [...known, ...serverOf(stunUrls.value)];
  const ice = admit([...unknown, ...turnUrls.value], servers, { ...settings, ttl });
  if (!ice.ok || !isRelayOnly) return ice;
  if (!ice.value.shared && !ice.value.servers.some(({ urls }) => urls.some(isTurnUrl))) {
    return no(`"ICE_TRANSPORT" must be all where TURN_URLS names no relay: ${current("relay")}`);
  }
  return yes({ ...ice.value, policy: "relay" });
}

/** Gives the TURN servers of `urls` the one kind of credentials that is set. */
function admit(
  urls: string[],
  servers: IceServer[],
  { TURN_SECRET: secret, TURN_USERNAME: username, TURN_CREDENTIAL: credential, ttl }:
    & IceSettings
    & { ttl: number },
): Result<Ice> {
  if (secret && (username || credential)) {
    const other = username ? "TURN_USERNAME" : "TURN_CREDENTIAL";
    return no(`"TURN_SECRET" must not be set together with "${other}": one of them is enough`);
  }
  if (username && !credential) return no('"TURN_CREDENTIAL" must be set where TURN_USERNAME is');
  if (credential && !username) return no('"TURN_USERNAME" must be set where TURN_CREDENTIAL is');
  const [first] = urls;
  if (first === undefined) {
    if (!secret && !username) return yes({ servers });
    const credentials = secret ? "TURN_SECRET" : "TURN_USERNAME";
    return no(`"TURN_URLS" must name a TURN server where ${credentials} is set: none is named`);
  }
  if (secret) return yes({ servers, shared: { urls, secret, ttl } });
  if (username && credential) return yes({ servers: [...servers, { urls, username, credential }] });
  return no(`"TURN_SECRET" must be set, or TURN_USERNAME and TURN_CREDENTIAL, for ${first}`);
}

/** The servers of `ICE_SERVERS`; `unknown` are the URLs of TURN servers without credentials. */
interface Listed {
  known: IceServer[];
  unknown: string[];
}

/** Reads a JSON list of ICE servers (W3C WebRTC, `RTCIceServer`), or a comma-separated one of URLs. */
function parseIceServers(value: string): Result<Listed> {
  const listed: Listed = { known: [], unknown: [] };
  if (!LOOKS_LIKE_JSON.test(value)) {
    const urls = parseIceUrls(value, "any");
    return urls.ok ? yes(sort(urls.value, listed)) : urls;
  }
  const list = parseList(value);
  // What is no JSON is not shown: there is no telling where in it a password stands.
  if (!list.ok) return no("must be URLs, or a JSON list: it is not");
  for (const entry of list.value) {
    const server = parseIceServer(entry);
    if (!server.ok) return server;
    const { urls, ...credentials } = server.value;
    if (credentials.username === undefined) sort(urls, listed);
    else listed.known.push({ urls, ...credentials });
  }
  return yes(listed);
}

const LOOKS_LIKE_JSON = /^\s*\[|["{]/;

function parseIceServer(value: unknown): Result<IceServer> {
  if (!isObject(value)) {
    return no('must list objects like {"urls":"stun:stun.example"}: one is not');
  }
  const { username, credential } = value;
  const urls: unknown[] = Array.isArray(value.urls) ? value.urls : [value.urls];
  if (urls.length === 0 || !urls.every((url) => typeof url === "string")) {
    return no('must list objects with "urls", a string or a list of them: one has none');
  }
  const checked = checkIceUrls(urls, "any");
  if (!checked.ok) return checked;
  if (username === undefined && credential === undefined) return yes({ urls });
  if (!isText(username) || !isText(credential)) {
    return no(`must give "username" and "credential", or neither: ${current(urls[0]!)}`);
  }
  return yes({ urls, username, credential });
}

/** Keeps those apart that nobody uses without credentials. */
function sort(urls: string[], listed: Listed): Listed {
  listed.known.push(...serverOf(urls.filter((url) => !isTurnUrl(url))));
  listed.unknown.push(...urls.filter(isTurnUrl));
  return listed;
}

function serverOf(urls: string[]): IceServer[] {
  return urls.length === 0 ? [] : [{ urls }];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function current(value: string): string {
  return `current value is ${JSON.stringify(value)}`;
}
