/**
 * Who is at the other end: the address of the TCP peer, or what a proxy says of it, where that proxy
 * is one that the operator trusts.
 *
 * @module
 */

import ipaddr from "ipaddr.js";
import { no, type Result, yes } from "../protocol/result.ts";
import { splitList } from "./list.ts";

/** Tells whether an address is that of a proxy whose headers are believed. */
export type TrustedProxies = (address: string) => boolean;

/** The other end of a request. */
export interface Client {
  /** What limits per address count by: an IPv4 address, or the /64 of an IPv6 address. */
  address: string;
  /** The origin under which the client reaches this server (RFC 6454), such as `https://host`. */
  serverOrigin: string;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The ranges that go by a name. */
const NAMED: Record<string, readonly string[]> = {
  loopback: ["loopback"],
  private: ["loopback", "private", "uniqueLocal", "linkLocal"],
};

/**
 * Reads a comma-separated list of addresses, networks (`10.0.0.0/8`), and the names `loopback` and
 * `private`. An empty list trusts nobody.
 */
export function parseTrustedProxies(value: string): Result<TrustedProxies> {
  const tests: ((address: Address) => boolean)[] = [];
  for (const entry of splitList(value)) {
    const ranges = Object.hasOwn(NAMED, entry) ? NAMED[entry] : undefined;
    if (ranges !== undefined) {
      tests.push((address) => ranges.includes(address.range()));
      continue;
    }
    const network = parseNetwork(entry);
    if (network === undefined) {
      const current = JSON.stringify(entry);
      return no(
        `must be addresses, networks like 10.0.0.0/8, loopback or private: current value is ${current}`,
      );
    }
    tests.push((address) => address.kind() === network[0].kind() && address.match(network));
  }
  return yes((text) => {
    const address = parseAddress(text);
    return address !== undefined && tests.some((test) => test(address));
  });
}

/**
 * Finds out who sent a request. `X-Forwarded-For` is read from its end, where the nearest proxy
 * wrote, up to the first address that is not trusted; `X-Forwarded-Proto` and `X-Forwarded-Host`
 * are believed where the TCP peer itself is trusted.
 *
 * @example
 * ```ts
 * import { identifyClient } from "./client_address.ts";
 *
 * const request = new Request("http://chat.example/ws/signal");
 * identifyClient(request, "2001:db8:1:2:3::4", () => false);
 * // { address: "2001:db8:1:2::/64", serverOrigin: "http://chat.example" }
 * ```
 */
export function identifyClient(request: Request, remote: string, trusts: TrustedProxies): Client {
  const { protocol, host } = new URL(request.url);
  if (!trusts(remote)) {
    return { address: groupOf(remote), serverOrigin: `${protocol}//${host}` };
  }
  const { headers } = request;
  const hops = splitList(headers.get("x-forwarded-for") ?? "").map(bareAddress);
  let address = remote;
  while (hops.length > 0 && trusts(address)) address = hops.pop()!;
  const scheme = splitList(headers.get("x-forwarded-proto") ?? "").at(-1) ?? protocol.slice(0, -1);
  const name = splitList(headers.get("x-forwarded-host") ?? "").at(-1) ?? host;
  const serverOrigin = originOf(scheme, name) ?? `${protocol}//${host}`;
  return { address: groupOf(address), serverOrigin };
}

/** What limits per address count by; what is no address counts as it is written. */
function groupOf(text: string): string {
  const address = parseAddress(bareAddress(text));
  if (address === undefined) return text.slice(0, 64);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const prefix = address.parts.slice(0, 4).map((part) => part.toString(16)).join(":");
  return `${prefix}::/64`;
}

/** Reads an address; one of IPv4 that is mapped into IPv6 comes out as what it is (RFC 4291). */
function parseAddress(text: string): Address | undefined {
  // Of IPv4 nothing but the common form: "10" is an address, too, but never the one that was meant.
  const isAddress = ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text);
  return isAddress ? ipaddr.process(text) : undefined;
}

/** Takes brackets and port off what a proxy may write: `[::1]:80`, `10.0.0.1:80`. */
function bareAddress(hop: string): string {
  return hop.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1");
}

/** Reads a network in the notation of RFC 4632, or an address, which is the smallest one. */
function parseNetwork(text: string): [Address, number] | undefined {
  const [, start = "", bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseAddress(start);
  if (address === undefined) return undefined;
  const isIPv4 = address instanceof ipaddr.IPv4;
  const most = isIPv4 ? 32 : 128;
  if (bits === undefined) return [address, most];
  const length = Number(bits) - (isIPv4 && start.includes(":") ? 96 : 0);
  return length >= 0 && length <= most ? [address, length] : undefined;
}

/** The origin of a page; some proxies name the scheme of the socket instead. */
function originOf(scheme: string, host: string): string | undefined {
  const [, secure] = /^(?:http|ws)(s?)$/i.exec(scheme) ?? [];
  const url = `http${secure}://${host}`;
  return secure !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
