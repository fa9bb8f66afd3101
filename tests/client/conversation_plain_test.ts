import { assertEquals } from "@std/assert";
import { startSignalingServer } from "../integration/signaling_server.ts";
import { Person } from "../fakes/person.ts";
import { PlainClient } from "../fakes/plain_client.ts";

/** werift leaves timers of its DTLS and ICE behind. */
const LEAKS = { sanitizeOps: false, sanitizeResources: false };

/** Words both ways, plain on the side of the plain client. */
async function converse(person: Person, plain: PlainClient): Promise<void> {
  await person.untilStatus("connected");
  await plain.say("hello from outside");
  await person.untilMessage("hello from outside");
  person.conversation.say("hello from the page");
  await plain.untilHeard("hello from the page");
  await person.untilMessage("hello from the page", "sent");
  await plain.say('{"t":"say"}');
  await person.untilMessage('{"t":"say"}');
  assertEquals(plain.heard.value, ["hello from the page"]);
  assertEquals(person.texts, ["hello from outside", "hello from the page", '{"t":"say"}']);
}

Deno.test(
  "a plain client that was there first, and offered, chats with a page",
  LEAKS,
  async () => {
    await using server = startSignalingServer();
    await using plain = await PlainClient.open(server.roomUrl("lobby"));
    await plain.offer();
    using person = new Person(server.roomUrl("lobby"));
    await converse(person, plain);
  },
);

Deno.test("a plain client that comes second, and answers, chats with a page", LEAKS, async () => {
  await using server = startSignalingServer();
  using person = new Person(server.roomUrl("lobby"));
  await person.untilStatus("waiting");
  await using plain = await PlainClient.open(server.roomUrl("lobby"));
  await converse(person, plain);
});

Deno.test("a plain client that comes second, and offers, chats with a page", LEAKS, async () => {
  await using server = startSignalingServer();
  using person = new Person(server.roomUrl("lobby"));
  await person.untilStatus("waiting");
  await using plain = await PlainClient.open(server.roomUrl("lobby"));
  await plain.offer();
  await converse(person, plain);
});

Deno.test("a plain client that was there first, and waits, chats with a page", LEAKS, async () => {
  await using server = startSignalingServer();
  await using plain = await PlainClient.open(server.roomUrl("lobby"));
  using person = new Person(server.roomUrl("lobby"));
  await converse(person, plain);
});

Deno.test("what a plain client was told is not told to the one who comes next", LEAKS, async () => {
  await using server = startSignalingServer();
  using person = new Person(server.roomUrl("lobby"));
  await person.untilStatus("waiting");
  {
    await using plain = await PlainClient.open(server.roomUrl("lobby"));
    await plain.say("hi");
    await person.untilMessage("hi");
    person.conversation.say("between us");
    await plain.untilHeard("between us");
  }
  await person.untilStatus("ended");
  using other = new Person(server.roomUrl("lobby"));
  person.conversation.say("welcome");
  await person.untilMessage("welcome", "seen");
  assertEquals(other.texts, ["welcome"]);
});
