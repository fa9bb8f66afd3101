import { assertEquals } from "@std/assert";
import { ChatChannels } from "../../lib/client/chat_channels.ts";
import { FakeChannel } from "../fakes/rtc.ts";

/** Channels with what they told. */
function setUp() {
  const frames: unknown[] = [];
  const states: string[] = [];
  const channels: ChatChannels = new ChatChannels({
    onFrame: (data) => frames.push(data),
    onChange: () => states.push(channels.state),
  });
  return { channels, frames, states };
}

Deno.test("ChatChannels.state goes from none over opening and open to closed", () => {
  const { channels, states } = setUp();
  assertEquals(channels.state, "none");
  const channel = new FakeChannel("chat");
  channels.adopt(channel, true);
  channel.open();
  channel.end();
  assertEquals(states, ["opening", "open", "closed"]);
});

Deno.test("ChatChannels.state is open as long as one is", () => {
  const { channels } = setUp();
  const [one, other] = [new FakeChannel("chat"), new FakeChannel("chat")];
  channels.adopt(one, true);
  channels.adopt(other, false);
  one.open();
  other.open();
  one.end();
  assertEquals([channels.state, channels.send("hi"), other.sent], ["open", true, ["hi"]]);
  other.end();
  assertEquals([channels.state, channels.send("hi")], ["closed", false]);
});

Deno.test("ChatChannels.state is opening where a channel is replaced by another", () => {
  const { channels } = setUp();
  const [one, other] = [new FakeChannel("chat"), new FakeChannel("chat")];
  channels.adopt(one, true);
  one.end();
  channels.adopt(other, true);
  assertEquals(channels.state, "opening");
});

Deno.test("ChatChannels.send() prefers the impolite side's, and waits for none", () => {
  const { channels } = setUp();
  const [preferred, other] = [new FakeChannel("chat"), new FakeChannel("chat")];
  channels.adopt(other, false);
  channels.adopt(preferred, true);
  assertEquals(channels.send("too early"), false);
  other.open();
  channels.send("one");
  preferred.open();
  channels.send("two");
  assertEquals([other.sent, preferred.sent], [["one"], ["two"]]);
});

Deno.test("ChatChannels.send() keeps to the one on which the peer was heard first", () => {
  const { channels, frames } = setUp();
  const [preferred, other] = [new FakeChannel("chat"), new FakeChannel("chat")];
  channels.adopt(preferred, true);
  channels.adopt(other, false);
  for (const channel of [preferred, other]) channel.open();
  other.hear("hello");
  channels.send("one");
  preferred.hear("hello again");
  channels.send("two");
  assertEquals([frames, other.sent, preferred.sent], [
    ["hello", "hello again"],
    ["one", "two"],
    [],
  ]);
  other.end();
  channels.send("three");
  assertEquals(preferred.sent, ["three"]);
});

Deno.test("ChatChannels.send() tells where the browser does not take it", () => {
  const { channels } = setUp();
  const channel = new FakeChannel("chat");
  channels.adopt(channel, true);
  channel.open();
  channel.send = () => {
    throw new DOMException("Full", "OperationError");
  };
  assertEquals(channels.send("hi"), false);
});

Deno.test("ChatChannels.close() closes all, and hears nothing more", () => {
  const { channels, frames, states } = setUp();
  const both = [new FakeChannel("chat"), new FakeChannel("chat")];
  for (const channel of both) {
    channels.adopt(channel, false);
    channel.open();
  }
  states.splice(0);
  channels.close();
  channels.close();
  for (const channel of both) channel.hear("late");
  assertEquals(both.map(({ readyState }) => readyState), ["closed", "closed"]);
  assertEquals([frames, states, channels.state], [[], [], "none"]);
});

Deno.test("ChatChannels.send() tells of a channel that fell back without an event", () => {
  const states: string[] = [];
  const channels: ChatChannels = new ChatChannels({
    onFrame: () => {},
    onChange: () => states.push(channels.state),
  });
  const channel = new FakeChannel("chat");
  channels.adopt(channel, true);
  channel.open();
  channel.readyState = "connecting";
  assertEquals([channels.send("hi"), states], [false, ["opening", "open", "opening"]]);
});

Deno.test("ChatChannels.adopt() refuses more channels than any trouble needs", () => {
  const channels = new ChatChannels({ onFrame: () => {}, onChange: () => {} });
  const all = Array.from({ length: 9 }, () => new FakeChannel("chat"));
  for (const channel of all) channels.adopt(channel, false);
  assertEquals(all.map(({ readyState }) => readyState === "closed").indexOf(true), 8);
  // One that closed makes room.
  all[0]!.end();
  const next = new FakeChannel("chat");
  channels.adopt(next, false);
  assertEquals(next.readyState, "connecting");
});
