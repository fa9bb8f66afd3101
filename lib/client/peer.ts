/**
 * Another peer of the room, as this side sees it: the connection to it, the chat over that, and what
 * is done when one of them goes quiet.
 *
 * @module
 */

import type { Cancel, Clock } from "../clock.ts";
import type { IceConfiguration, Version } from "../protocol/messages.ts";
import { ChatLine, type ChatLineOptions, type Identity, NAMELESS } from "./chat_line.ts";
import { diagnose } from "./diagnosis.ts";
import type { LocalSignal } from "./negotiator.ts";
import type { Path } from "./path.ts";
import type { ConnectionState } from "./connection_state.ts";
import { PeerConnection, type PeerConnectionOptions } from "./peer_connection.ts";
import type { LineState } from "./recovery.ts";
import type { RtcPort } from "./rtc.ts";
import type { PeerStatus } from "./status.ts";
import { Vigil } from "./vigil.ts";

/** What comes from a peer: over the chat, and as channels that it opens beside it. */
export type PeerEvents =
  & Pick<PeerConnectionOptions, "onChannel">
  & Omit<ChatLineOptions, "clock" | "identify" | "send" | "version">;

/** What a {@linkcode Peer} needs. */
export interface PeerOptions {
  /** The time. */
  clock: Clock;
  /** What the server calls it. */
  id: string;
  /** The version that it speaks to the server. */
  version: Version;
  /** Whether this side gives way when both offer at once. */
  polite: boolean;
  /** Who we are, now. */
  identify: () => Identity;
  /** Makes a connection with the ICE servers that are known now. */
  createRtc: () => RtcPort;
  /** Asks for ICE servers whose credentials are of now, and answers soon in any case. */
  refreshIce: () => Promise<IceConfiguration>;
  /** Carries a signal to the server, for this peer. */
  onSignal: (peer: Peer, signal: LocalSignal) => void;
  /** Its state changed. */
  onChange: (peer: Peer) => void;
  /** Hears what comes from it. */
  attend: (peer: Peer) => PeerEvents;
  /** It closed its end of the connection, and began no other. */
  onGone: (peer: Peer) => void;
}

/**
 * Milliseconds in which a peer of version 1 may offer by itself: nobody told it who does. Two offers
 * that cross would undo each other, for its browser gives way just as this side does.
 */
const PATIENCE = 500;

/** Another peer of the room. */
export class Peer {
  /** What the server calls it. */
  id: string;
  /** The version that it speaks to the server. */
  readonly version: Version;
  /** The connection to it. */
  readonly connection: PeerConnection;
  /** Its page, once it has said so. */
  tab: string | undefined;
  /** What it calls itself. */
  name: string | undefined;
  /** What the server calls it by its own word. */
  alias: string | undefined;
  /** Whether it may not be who it says it is: it is told nothing until that is clear. */
  isDoubtful = false;
  #options: PeerOptions;
  #events: PeerEvents;
  #line: ChatLine;
  #vigil: Vigil;
  #firstId: string;
  #cancelOffer: Cancel = () => {};

  /** Makes a peer that is waited for: it, or its connection here, is to offer. */
  constructor(options: PeerOptions) {
    this.#options = options;
    this.#events = options.attend(this);
    this.id = this.#firstId = options.id;
    this.version = options.version;
    this.connection = new PeerConnection({
      createRtc: options.createRtc,
      polite: options.polite,
      onSignal: (signal) => options.onSignal(this, signal),
      onState: (state) => this.#follow(state),
      onFrame: (data) => this.#hear(data),
      onChannel: this.#events.onChannel,
      onRenew: () => {
        this.#line.close();
        this.#line = this.#createLine();
      },
    });
    this.#line = this.#createLine();
    this.#vigil = new Vigil({
      clock: options.clock,
      onAsk: (now) => this.#line.ping(now),
      answers: () => this.#line.answersPings,
      onRestart: () => void this.#restart(),
      onRenew: () => void this.#renew(),
      onGone: () => options.onGone(this),
      onState: () => options.onChange(this),
    });
  }

  /** The chat with it; another one each time the connection begins anew. */
  get line(): ChatLine {
    return this.#line;
  }

  /** How it is doing. */
  get state(): LineState {
    return this.#vigil.state;
  }

  /** Whether something had to be done since words last crossed with it. */
  get isDifficult(): boolean {
    return this.#vigil.isDifficult;
  }

  /** Whether the next thing that happens is an offer of the peer. */
  get isWaiting(): boolean {
    return this.connection.isIdle || this.connection.state === "hung-up";
  }

  /** Who it is, whatever it is called: its page, or else the name that it had first. */
  get person(): string {
    return this.tab ?? NAMELESS + this.#firstId;
  }

  /** Offers, unless it does so first. */
  begin(): void {
    const offer = async () => this.connection.begin(await this.#options.refreshIce());
    if (this.version === 2) return void offer();
    this.#cancelOffer = this.#options.clock.after(PATIENCE, () => void offer());
  }

  /** Tells it who we are, as that changed. */
  greet(): void {
    if (this.#line.isReady) this.#line.greet();
  }

  /** Takes another name, and another seat, from the server. */
  rename(id: string, polite: boolean): void {
    this.id = id;
    this.connection.polite = polite;
  }

  /** No signal reaches it for now. */
  hold(): void {
    this.#vigil.hold();
  }

  /** The server has lost it: it may be gone, or just its way to the server. */
  suspect(): void {
    this.#vigil.suspect();
  }

  /** Somebody else says to be it: it has to show that it is there. */
  challenge(): void {
    this.#vigil.challenge();
  }

  /** Signals reach it again; whoever comes back begins, so that this side waits for it. */
  release(): void {
    this.#vigil.release();
  }

  /** Our own way to the server is free again: who comes back begins. */
  goOn(): void {
    this.release();
    if (this.state === "connected") return;
    if (this.isWaiting) void this.connection.renew();
    else this.mend();
  }

  /** Mends the line now, with all attempts left. */
  mend(): void {
    this.#vigil.mend();
  }

  /** Looks whether the line is well, and mends it now where it is known to be broken. */
  wake(): void {
    this.#vigil.check();
    if (!this.isWaiting) this.#vigil.wake();
  }

  /** How it is doing, with `path` as it was seen last and `ice` as it was used. */
  describe(path: Path | undefined, ice: IceConfiguration): PeerStatus {
    const { id, person, state, isDifficult, connection } = this;
    return {
      id,
      person,
      state,
      path: state === "connected" ? path : undefined,
      isDifficult,
      cause: state === "failed" ? diagnose(connection.finding, ice) : undefined,
    };
  }

  /** Closes the line. Calling it again does nothing. */
  close(): void {
    this.#cancelOffer();
    this.#line.close();
    this.#vigil.close();
    this.connection.close();
  }

  #createLine(): ChatLine {
    return new ChatLine({
      ...this.#events,
      clock: this.#options.clock,
      version: this.version,
      identify: this.#options.identify,
      send: (text) => this.connection.send(text),
    });
  }

  #follow(state: ConnectionState): void {
    // It says hello before it asks anything.
    if (state === "connected") this.#line.open();
    this.#vigil.follow(this.connection.state);
  }

  #hear(data: unknown): void {
    this.#vigil.hear();
    this.#line.receive(data);
  }

  async #restart(): Promise<void> {
    // It has become difficult.
    this.#options.onChange(this);
    await this.connection.restart(await this.#options.refreshIce());
  }

  async #renew(): Promise<void> {
    await this.#options.refreshIce();
    await this.connection.renew();
  }
}
