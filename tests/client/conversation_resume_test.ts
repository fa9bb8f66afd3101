import { type Signal, signal } from "@preact/signals";
import { assertEquals } from "@std/assert";
import { CLOSE } from "../../lib/protocol/closes.ts";
import { type JsonObject, parseObject } from "../../lib/protocol/parse.ts";
import { Person } from "../fakes/person.ts";
import type { RtcPort } from "../../lib/client/rtc.ts";
import { until } from "../fakes/until.ts";
import { valueOf } from "../fakes/unwrap.ts";
import { createWeriftRtc } from "../fakes/werift.ts";
import { startSignalingServer } from "../integration/signaling_server.ts";
import { SocketClient } from "../integration/socket_client.ts";

/** werift leaves timers of its DTLS and ICE behind. */
const LEAKS = { sanitizeOps: false, sanitizeResources: false };

/** Somebody whose way to the server can be cut, while the way to others stays. */
class Wanderer extends Person {
  #way: Way;

  constructor(url: string) {
    const way: Way = { isOpen: true, welcomes: signal(0), connections: [] };
    super(url, {
      createConnection() {
        const connection = createWeriftRtc();
        way.connections.push(connection);
        return connection;
      },
      openSocket(url, protocol) {
        const socket = new WebSocket(way.isOpen ? url : "ws://127.0.0.1:1/", protocol);
        socket.addEventListener("message", ({ data }) => {
          if (valueOf(parseObject(data)).type === "welcome") way.welcomes.value++;
        });
        way.socket = socket;
        return socket;
      },
    });
    this.#way = way;
  }

  /** Waits until the server has said welcome for the `count`th time. */
  untilWelcome(count: number): Promise<number> {
    return until(() => this.#way.welcomes.value, (welcomes) => welcomes === count);
  }

  goOut(): void {
    this.#way.isOpen = false;
    this.#way.socket?.close();
  }

  /** The network is another one: what went over the old one is dead. */
  breakConnections(): void {
    for (const connection of this.#way.connections) connection.close();
  }

  comeBack(): void {
    this.#way.isOpen = true;
  }
}

interface Way {
  isOpen: boolean;
  connections: RtcPort[];
  welcomes: Signal<number>;
  socket?: WebSocket;
}

/** Waits for a message of a type, and passes over what else comes. */
async function nextOf(observer: SocketClient, type: string): Promise<JsonObject> {
  while (true) {
    const message = await observer.next();
    if (message.type === type) return message;
  }
}

Deno.test(
  "two people who are dropped take their seats again, and their connection was never touched",
  LEAKS,
  async () => {
    await using server = startSignalingServer();
    using alice = new Wanderer(server.roomUrl("lobby"));
    await alice.untilStatus("waiting");
    using bob = new Wanderer(server.roomUrl("lobby"));
    await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
    const { registry, sockets } = server.signaling;
    const before = registry.find("lobby")?.roster();
    sockets.turnOut(CLOSE.restarting);
    assertEquals(registry.find("lobby")?.roster().map(({ state }) => state), ["away", "away"]);
    alice.conversation.say("still there?");
    await alice.untilMessage("still there?", "seen");
    await Promise.all([alice.untilWelcome(2), bob.untilWelcome(2)]);
    assertEquals(registry.find("lobby")?.roster(), before);
    bob.conversation.say("of course");
    await bob.untilMessage("of course", "seen");
    assertEquals(alice.states, ["connecting", "waiting", "connecting", "connected"]);
    assertEquals(bob.states, ["connecting", "connected"]);
  },
);

Deno.test("who lost the server, but not the other one, goes on talking", LEAKS, async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "3", SEAT_GRACE: "1" });
  const { client: observer } = await SocketClient.join(server.roomUrl("lobby"));
  await using _ = observer;
  using alice = new Person(server.roomUrl("lobby"));
  await nextOf(observer, "peer-joined");
  using bob = new Wanderer(server.roomUrl("lobby"));
  await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
  bob.goOut();
  assertEquals((await nextOf(observer, "peer-left")).reason, "lost");
  bob.conversation.say("the server is away");
  await alice.untilMessage("the server is away");
  assertEquals(alice.conversation.peers.value.length, 2);
  bob.conversation.close();
  await alice.untilStatus("connecting");
  assertEquals(alice.conversation.peers.value.length, 1);
});

Deno.test("who came while somebody was away is offered to on the return", LEAKS, async () => {
  await using server = startSignalingServer({ ROOM_CAPACITY: "3" });
  using alice = new Wanderer(server.roomUrl("lobby"));
  await alice.untilStatus("waiting");
  const { client: observer } = await SocketClient.join(server.roomUrl("lobby"));
  await using _ = observer;
  alice.goOut();
  await nextOf(observer, "peer-away");
  using bob = new Person(server.roomUrl("lobby"));
  await nextOf(observer, "peer-joined");
  alice.comeBack();
  await nextOf(observer, "peer-back");
  await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
});

Deno.test(
  "a peer of version 1 is begun with anew, for it was told that we left",
  LEAKS,
  async () => {
    await using server = startSignalingServer();
    await using plain = await SocketClient.open(server.roomUrl("lobby"));
    using alice = new Wanderer(server.roomUrl("lobby"));
    await nextOf(plain, "offer");
    alice.goOut();
    await nextOf(plain, "leave");
    alice.comeBack();
    await nextOf(plain, "offer");
    assertEquals(alice.conversation.peers.value.length, 1);
  },
);

Deno.test(
  "a connection that broke together with the socket is made anew on the return",
  LEAKS,
  async () => {
    for (const who of ["first", "second"] as const) {
      await using server = startSignalingServer();
      using alice = new Wanderer(server.roomUrl("lobby"));
      await alice.untilStatus("waiting");
      using bob = new Wanderer(server.roomUrl("lobby"));
      await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
      const [mover, other] = who === "first" ? [alice, bob] : [bob, alice];
      mover.goOut();
      mover.breakConnections();
      await mover.untilStatus("reconnecting");
      mover.conversation.say("from elsewhere");
      mover.comeBack();
      await other.untilMessage("from elsewhere");
      await mover.untilMessage("from elsewhere", "seen");
      assertEquals([alice.texts, bob.texts], [["from elsewhere"], ["from elsewhere"]]);
    }
  },
);

Deno.test("an offer that got lost with the socket is made again on the return", LEAKS, async () => {
  await using server = startSignalingServer();
  using alice = new Wanderer(server.roomUrl("lobby"));
  await alice.untilStatus("waiting");
  using bob = new Wanderer(server.roomUrl("lobby"));
  await alice.untilStatus("connecting");
  alice.goOut();
  alice.comeBack();
  await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
});
