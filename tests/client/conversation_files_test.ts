import { assertEquals } from "@std/assert";
import type { Conversation } from "../../lib/client/conversation.ts";
import { parseObject } from "../../lib/protocol/parse.ts";
import { connect, openPage, types, welcome } from "../fakes/page.ts";
import type { FakeChannel } from "../fakes/rtc.ts";
import { until } from "../fakes/until.ts";
import { valueOf } from "../fakes/unwrap.ts";

const ID = "01J00000000000000000000000";
const HELLO = '{"t":"hello","app":"tincan","v":1,"tab":"bob"}';
const OFFER =
  `{"t":"file-offer","id":"${ID}","at":1,"name":"../a.txt","size":3,"type":"text/plain"}`;

/** A page with one peer, whose end of the chat is the test's; `loaded()` waits until files are known. */
function setUp() {
  const { conversation, clock, rtcs, sockets } = openPage();
  welcome(sockets[0]!);
  const bob = connect(rtcs);
  const loaded = () => new Promise<unknown>((resolve) => conversation.files.use(resolve));
  return { conversation, clock, bob, loaded };
}

/** Each file that is known, with how its transfers are doing. */
function files({ parcels }: Conversation): string[] {
  return [...parcels.value.values()].map(({ name, transfers }) =>
    [name, ...transfers.map(({ person, state }) => `${person} ${state}`)].join(": ")
  );
}

/** The last thing that was said over the chat. */
function lastOf({ sent }: FakeChannel): unknown {
  return valueOf(parseObject(sent.at(-1)));
}

Deno.test("a file that is offered is a message, and may be asked for", async () => {
  const { conversation, bob } = setUp();
  bob.hear(HELLO);
  bob.hear(OFFER);
  await until(() => conversation.parcels.value, ({ size }) => size === 1);
  assertEquals(files(conversation), ["a.txt: bob offered"]);
  assertEquals(conversation.messages.value.map(({ from, file }) => [from, file?.name]), [
    ["bob", "a.txt"],
  ]);
  assertEquals(types(bob).includes("ack"), true);
  conversation.files.use((desk) => desk.reject(ID));
  assertEquals(lastOf(bob), { t: "file-reject", id: ID });
  conversation.close();
});

Deno.test("a file that came before its sender said who it is can be had", async () => {
  const { conversation, bob, loaded } = setUp();
  bob.hear(OFFER);
  await loaded();
  bob.hear(HELLO);
  await until(() => conversation.parcels.value, ({ size }) => size === 1);
  assertEquals(files(conversation), ["a.txt: bob offered"]);
  conversation.close();
});

Deno.test("a file that was cleared away is not offered by saying it again", async () => {
  const { conversation, bob, loaded } = setUp();
  bob.hear(HELLO);
  bob.hear(OFFER);
  conversation.clear();
  await loaded();
  bob.hear(OFFER);
  assertEquals([files(conversation), conversation.messages.value], [[], []]);
  conversation.close();
});

Deno.test("a peer cannot offer a file under the name of a message of ours", async () => {
  const { conversation, bob, loaded } = setUp();
  bob.hear(HELLO);
  const { id } = valueOf(conversation.say("ours"));
  bob.hear(OFFER.replace(ID, id));
  await loaded();
  assertEquals([files(conversation), conversation.messages.value.length], [[], 1]);
  conversation.close();
});

Deno.test("a file of ours that was cleared before it was loaded is with nobody", async () => {
  const { conversation, bob, loaded } = setUp();
  bob.hear(HELLO);
  const { id } = valueOf(conversation.offer(new File(["abc"], "secret.txt")));
  conversation.clear();
  await loaded();
  bob.hear(`{"t":"file-accept","id":"${id}","offset":0,"mark":1}`);
  assertEquals([files(conversation), lastOf(bob)], [[], { t: "file-cancel", id, reason: "gone" }]);
  conversation.close();
});
