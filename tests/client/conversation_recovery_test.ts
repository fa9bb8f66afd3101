import { assertEquals } from "@std/assert";
import { type SignalingServer, startSignalingServer } from "../integration/signaling_server.ts";
import { SteppedClock } from "../fakes/clock.ts";
import { Person } from "../fakes/person.ts";

/** werift leaves timers of its DTLS and ICE behind. */
const LEAKS = { sanitizeOps: false, sanitizeResources: false };

/** A server that can be away for a while. Its address changes when it comes back; nobody minds. */
class RestartingServer implements AsyncDisposable {
  #server: SignalingServer | undefined = startSignalingServer();
  #url = this.#server!.roomUrl("lobby");

  /** Somebody whose socket leads wherever the server is, and whose clock the test moves. */
  enter(): Person & { clock: SteppedClock; closed: () => Promise<unknown> } {
    const clock = new SteppedClock();
    let closed: Promise<unknown>;
    const openSocket = (_url: string, protocol: string) => {
      const socket = new WebSocket(this.#url, protocol);
      closed = new Promise((resolve) => socket.addEventListener("close", resolve));
      return socket;
    };
    const person = new Person("", { clock, openSocket });
    return Object.assign(person, { clock, closed: () => closed });
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
  await using server = new RestartingServer();
  using alice = server.enter();
  await alice.untilStatus("waiting");
  using bob = server.enter();
  await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
  await server.stop();
  await Promise.all([alice.closed(), bob.closed()]);
  alice.conversation.say("the server is away");
  await alice.untilMessage("the server is away", "seen");
  assertEquals(alice.conversation.status.value.state, "connected");

  server.start();
  alice.clock.advance(0);
  await alice.untilStatus("waiting");
  await bob.untilStatus("reconnecting");
  bob.conversation.say("are you there?");
  alice.conversation.say("are you?");
  bob.clock.advance(0);
  await bob.untilMessage("are you there?", "seen");
  await alice.untilMessage("are you?", "seen");
  for (const { texts } of [alice, bob]) {
    assertEquals(texts.toSorted(), ["are you there?", "are you?", "the server is away"]);
  }
  assertEquals(alice.states.includes("ended"), false);
});
