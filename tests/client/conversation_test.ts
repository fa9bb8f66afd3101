import { assertEquals } from "@std/assert";
import { startSignalingServer } from "../integration/signaling_server.ts";
import { Person } from "../fakes/person.ts";
import { until } from "../fakes/until.ts";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";

/** werift leaves timers of its DTLS and ICE behind. */
const LEAKS = { sanitizeOps: false, sanitizeResources: false };

/** A server and two people in one of its rooms, connected. */
async function connectTwo() {
  const server = startSignalingServer();
  const url = server.roomUrl("lobby");
  const alice = new Person(url);
  await alice.untilStatus("waiting");
  const bob = new Person(url);
  await Promise.all([alice.untilStatus("connected"), bob.untilStatus("connected")]);
  return {
    url,
    alice,
    bob,
    async [Symbol.asyncDispose]() {
      alice[Symbol.dispose]();
      bob[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

Deno.test("Conversation.status goes from connecting over waiting to connected", LEAKS, async () => {
  await using room = await connectTwo();
  const { alice, bob } = room;
  assertEquals(alice.states, ["connecting", "waiting", "connecting", "connected"]);
  assertEquals(bob.states, ["connecting", "connected"]);
  assertEquals([alice.conversation.peers.value.length, bob.conversation.peers.value.length], [
    1,
    1,
  ]);
});

Deno.test(
  "Conversation.say() reaches the other screen, both ways and in order",
  LEAKS,
  async () => {
    await using room = await connectTwo();
    const { alice, bob } = room;
    const lines = ["hi", "  spaces\nand lines ", "<b>ünï✓ 🥫</b>", '{"t":"bye"}'];
    for (const line of lines) {
      valueOf(alice.conversation.say(line));
      valueOf(bob.conversation.say(line));
    }
    for (const [one, other] of [[alice, bob], [bob, alice]] as const) {
      await other.untilMessage(lines.at(-1)!, undefined);
      await one.untilMessage(lines.at(-1)!, "seen");
      const sides = [other, one].map(({ conversation }) => conversation.messages.value);
      const [heard, said] = sides.map((messages, i) =>
        messages.filter(({ delivery }) => (delivery === undefined) === (i === 0))
          .map(({ id, at, text }) => ({ id, at, text }))
      );
      assertEquals(heard, said);
      assertEquals(heard?.map(({ text }) => text), lines);
    }
  },
);

Deno.test(
  "Conversation marks what arrived, and what was seen once somebody looks",
  LEAKS,
  async () => {
    await using room = await connectTwo();
    const { alice, bob } = room;
    bob.isLooking = false;
    assertEquals(valueOf(alice.conversation.say("hello?")).delivery, "sending");
    await alice.untilMessage("hello?", "delivered");
    // Everything is in order: had "hello?" been marked as seen, this mark would come after it.
    alice.conversation.say("anybody?");
    await alice.untilMessage("anybody?", "delivered");
    assertEquals(alice.conversation.messages.value[0]?.delivery, "delivered");
    bob.conversation.look();
    bob.isLooking = true;
    bob.conversation.look();
    await alice.untilMessage("hello?", "seen");
    await alice.untilMessage("anybody?", "seen");
  },
);

Deno.test("what was said while alone arrives when somebody comes", LEAKS, async () => {
  await using server = startSignalingServer();
  using alice = new Person(server.roomUrl("lobby"));
  alice.conversation.say("before the server answered");
  await alice.untilStatus("waiting");
  alice.conversation.say("before anybody came");
  assertEquals(alice.conversation.messages.value.map(({ delivery }) => delivery), [
    "sending",
    "sending",
  ]);
  using bob = new Person(server.roomUrl("lobby"));
  await alice.untilMessage("before anybody came", "seen");
  assertEquals(bob.texts, ["before the server answered", "before anybody came"]);
});

Deno.test("what was delivered is not said again to the one who comes next", LEAKS, async () => {
  await using room = await connectTwo();
  const { url, alice, bob } = room;
  alice.conversation.say("for Bob alone");
  await alice.untilMessage("for Bob alone", "seen");
  bob.conversation.leave();
  await alice.untilStatus("ended");
  alice.conversation.say("for whoever comes");
  using carol = new Person(url);
  await alice.untilMessage("for whoever comes", "seen");
  assertEquals(carol.texts, ["for whoever comes"]);
});

Deno.test("a third person is told that the room is full, and disturbs nobody", LEAKS, async () => {
  await using room = await connectTwo();
  const { url, alice, bob } = room;
  using carol = new Person(url);
  await carol.untilStatus("full");
  assertEquals(carol.states, ["connecting", "full"]);
  alice.conversation.say("still here?");
  await bob.untilMessage("still here?");
  assertEquals(alice.conversation.peers.value.length, 1);
});

Deno.test("Conversation.leave() ends it for both, and frees the seat at once", LEAKS, async () => {
  await using room = await connectTwo();
  const { url, alice, bob } = room;
  alice.conversation.leave();
  alice.conversation.leave();
  assertEquals(alice.conversation.status.value, { state: "ended", by: "us" });
  assertEquals(await bob.untilStatus("ended"), { state: "ended", by: "them" });
  assertEquals(bob.conversation.peers.value.length, 0);
  using carol = new Person(url);
  await Promise.all([carol.untilStatus("connected"), bob.untilStatus("connected")]);
  carol.conversation.say("it's me now");
  await bob.untilMessage("it's me now");
});

Deno.test(
  "Conversation.say() refuses what is empty or too long, and keeps nothing of it",
  LEAKS,
  async () => {
    await using room = await connectTwo();
    const { alice, bob } = room;
    for (const text of ["", " ", "\n\t "]) {
      assertEquals(reasonOf(alice.conversation.say(text)), "There is nothing to send yet");
    }
    const reason = "This message is too long: send it in parts of at most 16,000 characters";
    // Too many bytes, though not too many characters; and too many once they are escaped.
    for (const text of ["x".repeat(16_384), "🥫".repeat(4_100), '"'.repeat(8_200)]) {
      assertEquals(reasonOf(alice.conversation.say(text)), reason);
    }
    assertEquals(alice.texts, []);
    const longest = "x".repeat(16_000);
    valueOf(alice.conversation.say(longest));
    await alice.untilMessage(longest, "seen");
    assertEquals(bob.texts, [longest]);
  },
);

Deno.test("Conversation.rename() is heard at once, and by whoever comes later", LEAKS, async () => {
  await using room = await connectTwo();
  const { alice, bob } = room;
  alice.conversation.rename("  Ada\nL. ");
  const named = await until(() => bob.conversation.names.value, (names) => names.size === 1);
  const [[person, name]] = [...named] as [[string, string]];
  assertEquals([person, name], [bob.conversation.peers.value[0]?.person, "Ada L."]);
  alice.conversation.rename("");
  await until(() => bob.conversation.names.value, (names) => names.size === 0);
});

Deno.test("Conversation.write() shows who is writing, until they have said it", LEAKS, async () => {
  await using room = await connectTwo();
  const { alice, bob } = room;
  alice.conversation.write(true);
  const writers = await until(() => bob.conversation.typing.value, ({ length }) => length > 0);
  assertEquals(writers, bob.conversation.peers.value.map(({ person }) => person));
  valueOf(alice.conversation.say("there"));
  await bob.untilMessage("there");
  assertEquals(bob.conversation.typing.value, []);
});

Deno.test("Conversation.say() tells what it answers, and who said it", LEAKS, async () => {
  await using room = await connectTwo();
  const { alice, bob } = room;
  const question = valueOf(alice.conversation.say("Tea?"));
  const heard = await bob.untilMessage("Tea?");
  assertEquals(heard.from, bob.conversation.peers.value[0]?.person);
  valueOf(bob.conversation.say("Please", { re: heard.id }));
  assertEquals((await alice.untilMessage("Please")).re, question.id);
});

Deno.test("Conversation.clear() forgets all that was said, and goes on", LEAKS, async () => {
  await using room = await connectTwo();
  const { alice, bob } = room;
  valueOf(alice.conversation.say("one"));
  valueOf(bob.conversation.say("two"));
  await bob.untilMessage("two", "seen");
  await bob.untilMessage("one");
  bob.conversation.clear();
  assertEquals([bob.texts, alice.texts.length], [[], 2]);
  valueOf(bob.conversation.say("three"));
  await alice.untilMessage("three");
  await bob.untilMessage("three", "seen");
  assertEquals(bob.texts, ["three"]);
});
