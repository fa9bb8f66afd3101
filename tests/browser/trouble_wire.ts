import { Buffer } from "node:buffer";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Page } from "playwright-core";

/** Has the page ask where each candidate leads that it is told of. */
const REROUTING = `{
  const { addIceCandidate, setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.addIceCandidate = async function (candidate) {
    const line = candidate && await reroute(candidate.candidate);
    if (line) await addIceCandidate.call(this, { ...candidate, candidate: line });
  };
  RTCPeerConnection.prototype.setRemoteDescription = async function ({ type, sdp }) {
    const lines = [];
    for (const line of sdp.split("\\r\\n")) {
      const isCandidate = line.startsWith("a=candidate:");
      const rerouted = isCandidate ? await reroute(line) : line;
      if (rerouted !== null) lines.push(rerouted);
    }
    await setRemoteDescription.call(this, { type, sdp: lines.join("\\r\\n") });
  };
}`;

/**
 * The network between pages, as a wire that can be cut: all that they send each other goes through
 * sockets of this process, as through a NAT, and nobody is told of what is lost.
 */
export class Wire implements AsyncDisposable {
  #isCut = false;
  #sockets = new Set<Socket>();
  #leads = new Map<string, Promise<number>>();

  /** Lays the wire to a page, ahead of its code. */
  async connect(page: Page): Promise<void> {
    await page.exposeFunction("reroute", (line: string) => this.#reroute(line));
    await page.addInitScript(REROUTING);
  }

  /** Everything is lost from now on. */
  cut(): void {
    this.#isCut = true;
  }

  /** What is sent arrives again. */
  mend(): void {
    this.#isCut = false;
  }

  /** The ways there are lead nowhere any more; new ones are found, as in another network. */
  async change(): Promise<void> {
    this.#leads.clear();
    await this[Symbol.asyncDispose]();
  }

  /** Has a candidate lead through the wire; one that cannot is none. */
  async #reroute(line: string): Promise<string | null> {
    const fields = line.split(" ");
    const [, , transport, , address = "", port] = fields;
    if (transport?.toLowerCase() !== "udp" || !/^[\d.]+$/.test(address)) return null;
    const target = `${address}:${port}`;
    const lead = this.#leads.get(target) ?? this.#lead(Number(port), address);
    this.#leads.set(target, lead);
    return fields.with(4, "127.0.0.1").with(5, String(await lead)).join(" ");
  }

  /** Opens a port that leads to another, by a way of its own for each who calls. */
  async #lead(port: number, address: string): Promise<number> {
    const ways = new Map<number, Promise<Socket>>();
    const lead = await this.#open((packet, from) => {
      const way = ways.get(from.port) ?? this.#open((answer) => {
        if (!this.#isCut) lead.send(answer, from.port, from.address);
      });
      ways.set(from.port, way);
      void way.then((way) =>
        !this.#isCut && this.#sockets.has(way) && way.send(packet, port, address)
      );
    });
    return lead.address().port;
  }

  async #open(
    onPacket: (packet: Buffer, from: { port: number; address: string }) => void,
  ): Promise<Socket> {
    const socket = createSocket("udp4", (packet, from) => {
      if (this.#sockets.has(socket)) onPacket(packet, from);
    });
    this.#sockets.add(socket);
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return socket;
  }

  /** Takes the wire away. */
  async [Symbol.asyncDispose](): Promise<void> {
    const sockets = [...this.#sockets];
    this.#sockets.clear();
    await Promise.all(sockets.map((socket) => {
      const closed = once(socket, "close");
      socket.close();
      return closed;
    }));
  }
}
