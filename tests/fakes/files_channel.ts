import type { ChannelPort } from "../../lib/client/rtc.ts";

/** One end of a channel `files`, which tells how much ever waited in it. */
export class FakeFileChannel implements ChannelPort {
  readonly label: string = "files";
  binaryType: BinaryType = "blob";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  readyState: RTCDataChannelState = "connecting";
  onopen: ChannelPort["onopen"] = null;
  onclose: ChannelPort["onclose"] = null;
  onmessage: ChannelPort["onmessage"] = null;
  onbufferedamountlow: ChannelPort["onbufferedamountlow"] = null;
  /** Every message that was sent from this end. */
  readonly sent: Uint8Array[] = [];
  /** The most that ever waited. */
  mostBuffered = 0;
  /** Whether what is sent waits until it is drained by hand. */
  isHeld = false;
  /** How many of the next messages are lost on the way. */
  losses = 0;
  /** The other end. */
  other: FakeFileChannel | undefined;
  #queue: ArrayBuffer[] = [];

  open(): void {
    if (this.readyState !== "connecting") return;
    this.readyState = "open";
    this.onopen?.call(asReal(this), new Event("open"));
  }

  send(data: unknown): void {
    if (this.readyState !== "open") throw new DOMException("", "InvalidStateError");
    const bytes = data as Uint8Array<ArrayBuffer>;
    this.sent.push(bytes);
    this.bufferedAmount += bytes.length;
    this.mostBuffered = Math.max(this.mostBuffered, this.bufferedAmount);
    this.#queue.push(bytes.slice().buffer);
    if (!this.isHeld) queueMicrotask(() => this.drain(1));
  }

  /** Lets messages go out, and says so where less than the threshold is left. */
  drain(count = this.#queue.length): void {
    for (const message of this.#queue.splice(0, count)) {
      const before = this.bufferedAmount;
      this.bufferedAmount -= message.byteLength;
      if (this.losses > 0) this.losses--;
      else this.other?.hear(message);
      const isLow = this.bufferedAmount <= this.bufferedAmountLowThreshold;
      if (isLow && before > this.bufferedAmountLowThreshold) {
        this.onbufferedamountlow?.call(asReal(this), new Event("bufferedamountlow"));
      }
    }
  }

  hear(data: unknown): void {
    if (this.readyState !== "open") return;
    this.onmessage?.call(asReal(this), new MessageEvent("message", { data }));
  }

  close(): void {
    this.end();
    queueMicrotask(() => this.other?.end());
  }

  /** Ends; the other end hears nothing. */
  end(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    this.#queue = [];
    this.onclose?.call(asReal(this), new Event("close"));
  }
}

/** The type of `this` in the handlers of the real thing. */
// deno-lint-ignore no-explicit-any
function asReal(fake: FakeFileChannel): any {
  return fake;
}
