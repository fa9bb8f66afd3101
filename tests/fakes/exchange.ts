import { assertEquals } from "@std/assert";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { SUBPROTOCOL, type Version } from "../../lib/protocol/messages.ts";
import { Admission } from "../../lib/server/admission.ts";
import { parseConfig, type Settings } from "../../lib/server/config.ts";
import { connect } from "../../lib/server/connection.ts";
import type { Upgrade } from "../../lib/server/handshake.ts";
import { createSignaling, type Signaling } from "../../lib/server/signaling.ts";
import { SteppedClock } from "./clock.ts";
import { FakeServerSocket } from "./server_socket.ts";
import { valueOf } from "./unwrap.ts";

/** How a socket is opened at an {@linkcode Exchange}. */
export interface Call {
  room?: string;
  version?: Version;
  address?: string;
}

/** A signaling server without a network: real services, fake sockets, and time that stands still. */
export class Exchange implements Disposable {
  readonly clock = new SteppedClock();
  readonly signaling: Signaling;
  readonly sockets: FakeServerSocket[] = [];

  constructor(settings: Settings = {}) {
    // The memory of the process that tests is nobody's business here.
    const config = valueOf(parseConfig({ STUN_URLS: "", MAX_RSS: "0", ...settings }));
    this.signaling = createSignaling(config, this.clock);
  }

  /** Connects a socket that is not open yet, as the handshake decided. */
  connect(upgrade: Upgrade): FakeServerSocket {
    const socket = new FakeServerSocket();
    connect(socket, upgrade, this.signaling);
    this.sockets.push(socket);
    return socket;
  }

  /** Opens a socket whose handshake was accepted. */
  dial({ room = "x", version = 2, address = "192.0.2.1" }: Call = {}): FakeServerSocket {
    const socket = this.connect(
      version === 1
        ? { state: "accept", version, room, address }
        : { state: "accept", version, room, address, protocol: SUBPROTOCOL },
    );
    socket.open();
    return socket;
  }

  /** Opens a socket of version 2 which joins; answers with what it heard first. */
  join(call: Call & { resume?: unknown } = {}): { socket: FakeServerSocket; welcome: JsonObject } {
    const socket = this.dial(call);
    socket.say({ type: "join", resume: call.resume });
    const [first = "{}", ...rest] = socket.takeTexts();
    if (rest.length > 0) throw new Error(`More came with the welcome: ${rest}`);
    return { socket, welcome: valueOf(parseObject(first)) };
  }

  /** Opens several sockets of version 2 in one room, who have heard of each other. */
  joinAll(count: number): { socket: FakeServerSocket; welcome: JsonObject; peer: string }[] {
    const joined = Array.from({ length: count }, () => this.join());
    for (const { socket } of joined) socket.takeTexts();
    return joined.map((each) => ({ ...each, peer: String(each.welcome.peer) }));
  }

  /** Lets those sockets be closed that are about to: first, what was said already is taken in. */
  letClose(): void {
    this.clock.advance(100);
  }

  /** Lets those be evicted for whom too much waits: first, they had the time to read it. */
  letEvict(): void {
    this.clock.advance(100);
  }

  /** Ends every socket: of what the server kept for them, nothing may be left, nor any timer. */
  [Symbol.dispose](): void {
    for (const socket of this.sockets) if (socket.readyState !== WebSocket.CLOSED) socket.end();
    const { registry, admission, config, ...rest } = this.signaling;
    const { sockets, opening, joining, closing, leaving } = rest;
    assertEquals(
      [admission, sockets, opening, joining, closing, leaving].map((each) =>
        each instanceof Admission ? each.sockets : each.size
      ),
      [0, 0, 0, 0, 0, 0],
      "sockets, watched, opening, joining, closing and leaving must be zero once all is closed",
    );
    this.clock.advance(Math.max(config.limits.SEAT_GRACE * 1000, 60_000));
    assertEquals(
      [registry.size, registry.away, admission.addresses, this.clock.pending],
      [0, 0, 0, []],
      "rooms, away seats, addresses and timers must be zero once all seats are given up",
    );
  }
}
