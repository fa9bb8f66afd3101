import type { Cancel } from "../../../lib/clock.ts";
import type { Ether } from "./ether.ts";

/** Milliseconds without a sign of life until a connection is called disconnected, then failed. */
const DISCONNECTED = 5_000;
const FAILED = 12_000;

/** Which connection somebody is reached at, and by which of its attempts to find a path. */
export interface End {
  name: string;
  fragment: string;
}

/** What a transport tells. */
export interface TransportOptions {
  ether: Ether;
  /** Which connection it is of, and of which page. */
  name: string;
  page: string;
  onState: (state: RTCPeerConnectionState) => void;
  /** The first path was found. */
  onReady: () => void;
}

/** ICE, DTLS and SCTP over an {@linkcode Ether}: finds a path, loses it, and carries in order. */
export class EtherTransport {
  state: RTCPeerConnectionState = "new";
  local: string | undefined;
  remote: End | undefined;
  /** The path in use, though nothing may cross on it just now. */
  path: string | undefined;
  readonly page: string;
  isReady = false;
  #options: TransportOptions;
  #known = new Set<string>();
  /** What was tried in vain; nothing but a restart helps. */
  #failed: string | undefined;
  #cancelDecay: Cancel = () => {};
  #outbox: (() => void)[] = [];
  #isCarrying = false;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.page = options.page;
  }

  get isClosed(): boolean {
    return this.state === "closed";
  }

  /** Learns where an attempt of the other end can be reached. */
  learn(fragment: string): void {
    this.#known.add(fragment);
    this.look();
  }

  /** Offer and answer have met. */
  search(): void {
    this.#become("connecting");
    this.#decay("failed", FAILED);
    this.look();
    this.#peer?.look();
  }

  /** Has something happen at the other end, as soon as anything can cross, in order. */
  carry(happening: () => void): void {
    this.#outbox.push(happening);
    this.#carry();
  }

  /** Ends; what is under way still arrives where it can. */
  close(): void {
    this.state = "closed";
    this.#cancelDecay();
    this.#peer?.look();
  }

  /** Ends at once. */
  die(): void {
    this.#outbox = [];
    this.close();
  }

  /** Looks what became of the path. */
  look(): void {
    if (this.isClosed) return;
    const match = this.#match();
    if (match !== undefined && match !== this.path && match !== this.#failed) {
      if (this.#carries(match)) this.#after(() => this.#connect(match));
    } else if (this.path !== undefined && this.#carries(this.path)) {
      this.#cancelDecay();
      if (this.state === "disconnected") this.#become("connected");
      this.#carry();
    } else if (this.state === "connected") {
      this.#decay("disconnected", DISCONNECTED);
    }
  }

  get #peer(): EtherTransport | undefined {
    return this.#options.ether.find(this.remote?.name ?? "");
  }

  /** The path that both sides agree on, if they do, and one of them knows where the other is. */
  #match(): string | undefined {
    const peer = this.#peer;
    if (peer === undefined || peer.isClosed) return undefined;
    const [ours, theirs] = [this.local, peer.local];
    if (ours === undefined || theirs === undefined) return undefined;
    if (this.remote?.fragment !== theirs || peer.remote?.fragment !== ours) return undefined;
    if (!this.#known.has(theirs) && !peer.#known.has(ours)) return undefined;
    return [ours, theirs].toSorted().join(" ");
  }

  #carries(path: string): boolean {
    const peer = this.#peer;
    if (peer === undefined || peer.isClosed) return false;
    return this.#options.ether.carries(path, [this.page, peer.page]);
  }

  #connect(path: string): void {
    if (this.#match() !== path || !this.#carries(path) || path === this.#failed) return;
    const isFirst = !this.isReady;
    this.isReady = true;
    this.path = path;
    this.#cancelDecay();
    this.#become("connected");
    if (isFirst) this.#options.onReady();
    this.#carry();
    this.#peer?.look();
  }

  #decay(state: "disconnected" | "failed", delay: number): void {
    this.#cancelDecay();
    this.#cancelDecay = this.#options.ether.world.clock.after(delay, () => {
      if (this.isClosed) return;
      if (state === "failed") {
        this.#failed = this.#match();
        this.path = undefined;
      }
      this.#become(state);
      if (state === "disconnected") this.#decay("failed", FAILED);
    });
  }

  #become(state: RTCPeerConnectionState): void {
    if (state === this.state) return;
    // A path that works goes on working while another one is looked for.
    if (state === "connecting" && this.state === "connected") return;
    this.state = state;
    this.#options.onState(state);
  }

  #carry(): void {
    if (this.#isCarrying || this.#outbox.length === 0) return;
    if (this.path === undefined || !this.#carries(this.path)) return;
    this.#isCarrying = true;
    const { world } = this.#options.ether;
    world.clock.after(world.latency(), () => {
      this.#isCarrying = false;
      if (this.path === undefined || !this.#carries(this.path)) return;
      for (const happening of this.#outbox.splice(0)) happening();
    });
  }

  #after(callback: () => void): void {
    const { world } = this.#options.ether;
    world.clock.after(world.latency(), () => this.isClosed || callback());
  }
}
