import { Mesh } from "../../lib/client/mesh.ts";
import type { PeerEntry, Signal, WelcomeMessage } from "../../lib/protocol/messages.ts";
import { SteppedClock } from "./clock.ts";
import { FakeChannel, FakeNetwork, type FakeRtc } from "./rtc.ts";

/** A peer as a server lists it. */
export function present(peer: string, version: 1 | 2 = 2): PeerEntry {
  return { peer, version, state: "present" };
}

/** The same, away. */
export function away(peer: string): PeerEntry {
  return { peer, version: 2, state: "away" };
}

/** What a server says to `self`, at the seat after `seat` others. */
export function welcomeOf(self: string, seat: number, ...peers: PeerEntry[]): WelcomeMessage {
  return {
    type: "welcome",
    peer: self,
    room: "lobby",
    capacity: 8,
    peers,
    seat,
    iceServers: [],
    heartbeat: { interval: 10_000, timeout: 5_000 },
    limits: {},
  };
}

/** A mesh whose server, peers and clock are the test. */
export function openMesh(people: string[] = []) {
  const clock = new SteppedClock();
  const network = new FakeNetwork();
  const rtcs: FakeRtc[] = [];
  const signals: Signal[] = [];
  const renamed: string[] = [];
  const words: string[] = [];
  const mesh = new Mesh({
    clock,
    tab: "our page",
    people,
    createConnection() {
      const rtc = network.createRtc();
      rtcs.push(rtc);
      return rtc;
    },
    onSignal: (signal) => signals.push(signal),
    askForIce: () => {},
    onChange: () => {},
    onRename: (from, to) => renamed.push(`${from} is ${to}`),
    nickname: () => undefined,
    attend: (peer) => ({
      onReady: () => {},
      onWords: ({ text }) => words.push(`${peer.person}: ${text}`),
      onPlain: (text) => words.push(`${peer.person}: ${text}`),
      onMark: () => {},
      onTyping: () => {},
      onFile: () => {},
      onChannel: () => {},
    }),
  });
  return {
    mesh,
    clock,
    rtcs,
    renamed,
    words,
    /** The ids of the peers, with how each is doing. */
    states: () => mesh.peers.map(({ id, state }) => `${id} ${state}`),
    /** To whom offers went since the last look. */
    takeOffers: () => signals.splice(0).filter(({ type }) => type === "offer").map(({ to }) => to),
    /** Connects the connection that was made as number `index`; answers with the peer's end. */
    connect(index: number): FakeChannel {
      const channel = new FakeChannel("chat");
      rtcs[index]!.offerChannel(channel);
      return channel;
    },
  };
}

/** The peer says who it is, and shows that it answers questions. */
export function greet(channel: FakeChannel, tab: string, peer: string): void {
  channel.hear(JSON.stringify({ t: "hello", app: "tincan", v: 1, tab, peer }));
  channel.hear('{"t":"pong","at":0}');
}

/** Waits until every promise that can go on has done so. */
export function settleAll(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
