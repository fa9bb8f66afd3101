import { assertEquals } from "@std/assert";
import { type SignalingServer, startSignalingServer } from "../integration/signaling_server.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { Person } from "../fakes/person.ts";
import { until } from "../fakes/until.ts";
import { createWeriftRtc } from "../fakes/werift.ts";
import type { RtcPort } from "../../lib/client/rtc.ts";

/** werift leaves timers of its DTLS and ICE behind. */
const LEAKS = { sanitizeOps: false, sanitizeResources: false };

/** Somebody whose clock the test moves, with every connection that was made. */
type Patron = Person & {
  clock: SteppedClock;
  connections: RtcPort[];
  closed: () => Promise<unknown>;
};

/** A server that can be away for a while. Its address changes when it comes back; nobody minds. */
class RestartingServer implements AsyncDisposable {
  #server: SignalingServer | undefined = startSignalingServer();
  #url = this.#server!.roomUrl("lobby");

  /** Somebody whose socket leads wherever the server is, and whose clock the test moves. */
  enter(): Patron {
    const clock = new SteppedClock();
    let closed: Promise<unknown>;
    const openSocket = (_url: string, protocol: string) => {
      const socket = new WebSocket(this.#url, protocol);
      closed = new Promise((resolve) => socket.addEventListener("close", resolve));
      return socket;
    };
    const connections: RtcPort[] = [];
    const createConnection = () => {
      const connection = createWeriftRtc();
      connections.push(connection);
      return connection;
    };
    const person = new Person("", { clock, openSocket, createConnection });
    return Object.assign(person, { clock, connections, closed: () => closed });
  }

  /** The ids of the peers that have a seat now, in the order of seats. */
  get ids(): string[] | undefined {
    return this.#server?.signaling.registry.find("lobby")?.roster().map(({ peer }) => peer);
  }

  async stop(): Promise<void> {
    await this.#server?.[Symbol.asyncDispose]();
    this.#server = undefined;
  }

  start(): void {
    this.#server = startSignalingServer();
    this.#url = this.#server.roomUrl("lobby");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

Deno.test(
  "somebody who waits when the server stops waits again when it is back",
  LEAKS,
  async () => {
    await using server = new RestartingServer();
    using alice = server.enter();
    await alice.untilStatus("waiting");
    await server.stop();
    await alice.untilStatus("reconnecting");
    // The first attempt comes at once, and too early.
    alice.clock.advance(0);
    await alice.closed();
    assertEquals(alice.conversation.status.value, { state: "reconnecting", to: "server" });
    server.start();
    alice.clock.advance(300);
    await alice.untilStatus("waiting");
    assertEquals(alice.states, ["connecting", "waiting", "reconnecting", "waiting"]);
    using bob = server.enter();
    await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
  },
);

Deno.test("two people go on talking while the server restarts", LEAKS, async () => {
  for (const first of ["alice", "bob"] as const) {
    await using server = new RestartingServer();
    using alice = server.enter();
    await alice.untilStatus("waiting");
    using bob = server.enter();
    await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
    await server.stop();
    await Promise.all([alice.closed(), bob.closed()]);
    alice.conversation.say("the server is away");
    await alice.untilMessage("the server is away", "seen");
    for (const person of [alice, bob]) await untilServer(person, "away");

    server.start();
    // Neither the seats nor the ids are those that they were.
    for (const person of first === "alice" ? [alice, bob] : [bob, alice]) {
      person.clock.advance(0);
      await untilServer(person, "there");
    }
    const [one, other] = server.ids!;
    const [earlier, later] = first === "alice" ? [alice, bob] : [bob, alice];
    await until(() => earlier.conversation.peers.value, ([peer]) => peer?.id === other);
    await until(() => later.conversation.peers.value, ([peer]) => peer?.id === one);
    // Nobody is taken for a newcomer later, either.
    for (const { clock } of [alice, bob]) clock.advance(1_500);
    bob.conversation.say("are you there?");
    await bob.untilMessage("are you there?", "seen");
    for (const person of [alice, bob]) {
      assertEquals(person.texts, ["the server is away", "are you there?"]);
      assertEquals(person.connections.map((rtc) => rtc.connectionState), ["connected"]);
      assertEquals(person.conversation.peers.value.length, 1);
    }
    assertEquals(alice.states, ["connecting", "waiting", "connecting", "connected"]);
    assertEquals(bob.states, ["connecting", "connected"]);
  }
});

/** Waits until the status of somebody who is connected says where the server is. */
async function untilServer({ conversation }: Person, where: "away" | "there"): Promise<void> {
  await until(
    () => conversation.status.value,
    (status) => status.state === "connected" && (where === "away") === !!status.isServerAway,
  );
}
