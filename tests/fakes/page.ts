import { Conversation } from "../../lib/client/conversation.ts";
import { parseObject } from "../../lib/protocol/parse.ts";
import { SteppedClock } from "./clock.ts";
import { pageOf } from "./person.ts";
import { FakeChannel, FakeNetwork, type FakeRtc } from "./rtc.ts";
import { FakeSocket } from "./socket.ts";
import { valueOf } from "./unwrap.ts";

/** A conversation whose server, peer and clock are the test. */
export function openPage() {
  const clock = new SteppedClock();
  const network = new FakeNetwork();
  const rtcs: FakeRtc[] = [];
  const sockets: FakeSocket[] = [];
  const conversation = new Conversation({
    url: "ws://tincan.test/ws/signal?room=lobby",
    clock,
    tab: pageOf("page"),
    isVisible: () => true,
    createConnection() {
      const rtc = network.createRtc();
      rtcs.push(rtc);
      return rtc;
    },
    openSocket() {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
  });
  conversation.start();
  return { conversation, clock, rtcs, sockets };
}

/** The server lets us in; `peer` is there already. */
export function welcome(socket: FakeSocket, version: 1 | 2 = 2): void {
  socket.open();
  socket.say({
    type: "welcome",
    peer: "me",
    room: "lobby",
    capacity: 2,
    peers: [{ peer: "peer", version, state: "present" }],
    seat: 1,
    iceServers: [],
    heartbeat: { interval: 10_000, timeout: 5_000 },
    limits: {},
  });
}

/** The peer goes, and somebody comes. */
export function replacePeer(socket: FakeSocket): void {
  socket.say({ type: "peer-left", peer: "peer", reason: "left" });
  socket.say({ type: "peer-joined", peer: "peer2", version: 2 });
}

/** The newest connection opens, with the peer's end of the chat in the test's hand. */
export function connect(rtcs: FakeRtc[]): FakeChannel {
  const channel = new FakeChannel("chat");
  rtcs.at(-1)!.offerChannel(channel);
  return channel;
}

/** What the conversation sent, by the type of the frame; the questions of the heartbeat are left out. */
export function types({ sent }: FakeChannel): unknown[] {
  return sent.map((frame) => valueOf(parseObject(frame)).t).filter((t) => t !== "ping");
}
