import { Buffer } from "node:buffer";
import type { ChannelPort, RtcPort } from "../../lib/client/rtc.ts";
import { createWeriftRtc } from "./werift.ts";

/** What werift has where a browser has `onbufferedamountlow` and ArrayBuffers. */
interface WeriftChannel extends Omit<ChannelPort, "send"> {
  bufferedAmount: number;
  bufferedAmountLowThreshold: number;
  bufferedAmountLow: { subscribe(callback: () => void): unknown };
  send(data: Uint8Array): void;
}

/** A real data channel of werift, as a browser's would look. */
export class WeriftFileChannel implements ChannelPort {
  binaryType: BinaryType = "blob";
  onopen: ChannelPort["onopen"] = null;
  onclose: ChannelPort["onclose"] = null;
  onmessage: ChannelPort["onmessage"] = null;
  onbufferedamountlow: ChannelPort["onbufferedamountlow"] = null;
  #real: WeriftChannel;

  constructor(channel: unknown) {
    const real = this.#real = channel as WeriftChannel;
    real.onopen = () => this.onopen?.call(asReal(this), new Event("open"));
    real.onclose = () => this.onclose?.call(asReal(this), new Event("close"));
    real.onmessage = ({ data }: { data: Uint8Array }) => {
      const message = new MessageEvent("message", { data: data.slice().buffer });
      this.onmessage?.call(asReal(this), message);
    };
    real.bufferedAmountLow.subscribe(() => {
      this.onbufferedamountlow?.call(asReal(this), new Event("bufferedamountlow"));
    });
  }

  get label(): string {
    return this.#real.label;
  }

  get readyState(): RTCDataChannelState {
    return this.#real.readyState;
  }

  get bufferedAmount(): number {
    return this.#real.bufferedAmount;
  }

  get bufferedAmountLowThreshold(): number {
    return this.#real.bufferedAmountLowThreshold;
  }

  set bufferedAmountLowThreshold(value: number) {
    this.#real.bufferedAmountLowThreshold = value;
  }

  send(data: unknown): void {
    this.#real.send(Buffer.from(data as Uint8Array));
  }

  close(): void {
    this.#real.close();
  }
}

/** The type of `this` in the handlers of the real thing. */
// deno-lint-ignore no-explicit-any
function asReal(channel: WeriftFileChannel): any {
  return channel;
}

/** Makes two real connections that found each other, with a channel `chat` that is open. */
export async function connectWerift(): Promise<[RtcPort, RtcPort]> {
  const [one, other] = [createWeriftRtc(), createWeriftRtc()];
  for (const [from, to] of [[one, other], [other, one]] as const) {
    from.onicecandidate = ({ candidate }) => {
      if (candidate) void to.addIceCandidate(candidate);
    };
  }
  const chat = one.createDataChannel("chat");
  const opened = new Promise<void>((resolve) => chat.onopen = () => resolve());
  await one.setLocalDescription();
  await other.setRemoteDescription(one.localDescription!);
  await other.setLocalDescription();
  await one.setRemoteDescription(other.localDescription!);
  await opened;
  return [one, other];
}
