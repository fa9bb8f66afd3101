import { assert, assertEquals } from "@std/assert";
import { HIGH_WATER, Lane } from "../../../lib/client/files/lane.ts";
import { FakeFileChannel } from "../../fakes/files_channel.ts";

/** A lane with chunks of 16 KiB to send, and channels that are drained by hand. */
function setUp(chunks: number) {
  const channels: FakeFileChannel[] = [];
  const state = { left: chunks, breaks: 0, canOpen: true };
  const lane = new Lane({
    open() {
      if (!state.canOpen) return undefined;
      const channel = new FakeFileChannel();
      channel.isHeld = true;
      channels.push(channel);
      return channel;
    },
    wants: () => state.left > 0,
    next: () => state.left-- > 0 ? new Uint8Array(16_384) : undefined,
    onBreak: () => state.breaks++,
  });
  return { lane, state, channels };
}

Deno.test("Lane.wake() opens a channel when there is something to send, and one only", () => {
  const { lane, state, channels } = setUp(0);
  lane.wake();
  assertEquals(channels.length, 0);
  state.left = 1;
  lane.wake();
  lane.wake();
  assertEquals([channels.length, channels[0]!.sent.length], [1, 0]);
  channels[0]!.open();
  assertEquals([channels[0]!.binaryType, channels[0]!.sent.length], ["arraybuffer", 1]);
});

Deno.test("Lane.wake() never has more waiting than the high-water mark, and goes on by itself", () => {
  const { lane, channels } = setUp(1_000);
  lane.wake();
  const [channel] = channels;
  channel!.open();
  const first = channel!.sent.length;
  assertEquals(channel!.bufferedAmountLowThreshold, HIGH_WATER / 4);
  assertEquals(first * 16_384, HIGH_WATER);
  lane.wake();
  assertEquals(channel!.sent.length, first);
  // One by one: nothing is added before little is left.
  channel!.drain(1);
  assertEquals(channel!.sent.length, first);
  for (let rounds = 0; channel!.sent.length < 1_000 && rounds < 1_000; rounds++) channel!.drain(8);
  assertEquals(channel!.sent.length, 1_000);
  assert(channel!.mostBuffered <= HIGH_WATER);
});

Deno.test("Lane says when its channel closes, cannot be opened, or takes nothing", () => {
  const { lane, state, channels } = setUp(10);
  state.canOpen = false;
  lane.wake();
  assertEquals(state.breaks, 1);
  state.canOpen = true;
  lane.wake();
  channels[0]!.end();
  assertEquals(state.breaks, 2);
  lane.wake();
  channels[1]!.send = () => {
    throw new DOMException("", "OperationError");
  };
  channels[1]!.open();
  assertEquals([state.breaks, channels[1]!.readyState], [3, "closed"]);
});

Deno.test("Lane.close() hears nothing more of its channel, and a new one can be opened", () => {
  const { lane, state, channels } = setUp(10);
  lane.wake();
  lane.close();
  lane.close();
  assertEquals([state.breaks, channels[0]!.readyState], [0, "closed"]);
  const { onopen, onclose, onbufferedamountlow } = channels[0]!;
  assertEquals([onopen, onclose, onbufferedamountlow], [null, null, null]);
  lane.wake();
  channels[1]!.open();
  assertEquals(channels[1]!.sent.length, 10);
});
