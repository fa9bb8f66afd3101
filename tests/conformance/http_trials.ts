import { assertEquals } from "@std/assert";
import { frame, OPCODE } from "./frames.ts";
import { ACCEPT, KEY, newRoom, RawSocket } from "./raw_socket.ts";
import type { Trial } from "./trials.ts";

/** Headers in the order in which they are sent. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** The headers of a handshake (RFC 6455 section 4.1). */
export const HANDSHAKE: HeaderList = [
  ["Host", "127.0.0.1"],
  ["Upgrade", "websocket"],
  ["Connection", "Upgrade"],
  ["Sec-WebSocket-Key", KEY],
  ["Sec-WebSocket-Version", "13"],
];

/** The handshake with another value for one of its headers. */
export function withValue(name: string, value: string): HeaderList {
  return HANDSHAKE.map(([other, former]) => [other, other === name ? value : former]);
}

/** The handshake without one of its headers. */
export function without(name: string): HeaderList {
  return HANDSHAKE.filter(([other]) => other !== name);
}

/** Writes a request; of version 1, to a room of its own, unless its first line says otherwise. */
export function request(headers: HeaderList = HANDSHAKE, line?: string): string {
  const first = line ?? `GET /ws/signal?room=${newRoom()} HTTP/1.1`;
  return `${first}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}

/** Writes the first line of a request for `target`. */
export function get(target: string): string {
  return `GET ${target} HTTP/1.1`;
}

/** What an answer must be. */
export interface Answer {
  status: number;
  /** The headers that it must have, with a value or, for `null`, without. */
  headers?: Readonly<Record<string, string | null>>;
  /** The frames that follow an upgrade unasked. */
  hears?: readonly string[];
}

/** An upgrade: nothing that was not asked for is granted. */
export const UPGRADED: Answer = {
  status: 101,
  headers: {
    upgrade: "websocket",
    connection: "Upgrade",
    "sec-websocket-accept": ACCEPT,
    "sec-websocket-extensions": null,
    "sec-websocket-protocol": null,
  },
};

/** An upgrade to version 2. */
export const UPGRADED_TO_VERSION_2: Answer = {
  status: 101,
  headers: { ...UPGRADED.headers, "sec-websocket-protocol": "mcp.v2" },
};

/** What the runtime answers to what is no HTTP, before anything here sees it. */
export const NO_HTTP: Answer = { status: 400, headers: { connection: "close" } };

/** Makes a trial of a request; an upgrade must work, and no other answer may be one. */
export function http(name: string, text: string, { status, headers = {}, hears }: Answer): Trial {
  return {
    name,
    async run({ port }) {
      using socket = await RawSocket.dial(port);
      // The runtime hangs up while a request is written that is too long for it.
      await socket.tryWrite(text);
      const head = parseHead(await socket.readHead());
      assertEquals(head.status, status);
      for (const [name, value] of Object.entries(headers)) {
        assertEquals([name, head.headers.get(name) ?? null], [name, value]);
      }
      if (status !== 101) return;
      if (hears === undefined) await socket.write(frame(OPCODE.ping, "works"));
      for (const word of hears ?? ["pong works"]) assertEquals(await socket.read(), word);
    },
  };
}

/** Reads the status and the headers of an answer, several of a name as one. */
export function parseHead(head: string): { status: number; headers: Headers } {
  const [first = "", ...lines] = head.split("\r\n");
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return { status: Number(first.split(" ")[1]), headers };
}
