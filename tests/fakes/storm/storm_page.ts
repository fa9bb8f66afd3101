import { effect } from "@preact/signals";
import { Conversation } from "../../../lib/client/conversation.ts";
import type { ConversationOptions } from "../../../lib/client/conversation_options.ts";
import { Journal } from "../../../lib/client/journal.ts";
import type { SignalingOptions } from "../../../lib/client/signaling_channel.ts";
import { pageOf } from "../person.ts";
import { FakeStorage } from "../storage.ts";
import { valueOf } from "../unwrap.ts";
import type { Ether } from "./ether.ts";
import { MortalClock } from "./mortal_clock.ts";
import type { StormServer } from "./storm_server.ts";
import type { StormSocket } from "./storm_socket.ts";
import type { World } from "./world.ts";

/** Where somebody is during a storm: the world, its network and its server. */
export interface Place {
  world: World;
  ether: Ether;
  server: StormServer;
}

interface Life {
  conversation: Conversation;
  clock: MortalClock;
  stopWatching: () => void;
}

/** Somebody's page, which is reloaded again and again, and remembers what a page remembers. */
export class StormPage {
  readonly name: string;
  /** What was said on it, in order. */
  readonly said: string[] = [];
  #place: Place;
  #tab: ConversationOptions["tab"];
  #storage = new FakeStorage();
  #life: Life | undefined;
  #socket: StormSocket | undefined;

  constructor(name: string, place: Place) {
    this.name = name;
    this.#place = place;
    this.#tab = pageOf(name);
    this.open();
  }

  /** The conversation; none while the page is being loaded. */
  get conversation(): Conversation | undefined {
    return this.#life?.conversation;
  }

  /** What is on the screen. */
  get texts(): string[] {
    return this.conversation?.messages.value.map(({ text }) => text) ?? [];
  }

  /** The page is there. */
  open(): void {
    if (this.#life !== undefined) return;
    const { world, ether, server } = this.#place;
    const clock = new MortalClock(world.clock);
    const options: ConversationOptions & Pick<SignalingOptions, "random"> = {
      url: "ws://tincan.test/ws/signal?room=storm",
      clock,
      tab: this.#tab,
      journal: new Journal("storm", this.#storage),
      isVisible: () => true,
      random: world.random,
      createConnection: () => ether.createRtc(this.name),
      openSocket: () => {
        this.#socket = server.open();
        return this.#socket.client;
      },
    };
    const conversation = new Conversation(options);
    // As the page of a full room does, or else whoever reads it.
    const stopWatching = effect(() => {
      const status = conversation.status.value;
      if (status.state !== "full") return;
      clock.after((status.retryAfter ?? 10) * 1000, () => this.#reload());
    });
    this.#life = { conversation, clock, stopWatching };
    conversation.start();
  }

  #reload(): void {
    this.close();
    this.open();
  }

  /** Somebody types. */
  say(): void {
    if (this.conversation === undefined) return;
    const text = `${this.name} ${this.said.length}`;
    valueOf(this.conversation.say(text));
    this.said.push(text);
  }

  /** The page goes as a page does that is reloaded; answers how many timers it left behind. */
  close(): number {
    const life = this.#life;
    this.#life = undefined;
    life?.stopWatching();
    life?.conversation.close();
    return life?.clock.size ?? 0;
  }

  /** The page is gone in the middle of whatever it did. */
  crash(): void {
    this.#life?.stopWatching();
    this.#life?.clock.die();
    this.#life = undefined;
    for (const rtc of this.#place.ether.of(this.name)) rtc.die();
    this.#socket?.client.forget();
    this.breakSocket();
  }

  /** The way to the server breaks. */
  breakSocket(): void {
    const { world } = this.#place;
    this.#socket?.break(world.once(2) ? "both" : world.once(2) ? "client" : "server");
  }
}
