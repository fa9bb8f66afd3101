import type { ChannelPort } from "../../../lib/client/rtc.ts";
import type { EtherTransport } from "./ether_transport.ts";

/** One end of a data channel over an ether: reliable and in order, as long as both ends live. */
export class EtherChannel implements ChannelPort {
  readyState: RTCDataChannelState = "connecting";
  binaryType: BinaryType = "blob";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onbufferedamountlow: ChannelPort["onbufferedamountlow"] = null;
  onopen: ChannelPort["onopen"] = null;
  onmessage: ChannelPort["onmessage"] = null;
  onclose: ChannelPort["onclose"] = null;
  other: EtherChannel | undefined;
  /** Whether what comes is lost. */
  isDeaf = false;

  constructor(readonly label: string, private transport: EtherTransport) {}

  /** Whether the peer has not heard of it yet. */
  get isFresh(): boolean {
    return this.other === undefined && this.readyState === "connecting";
  }

  send(data: unknown): void {
    if (this.readyState !== "open") throw new DOMException("", "InvalidStateError");
    this.transport.carry(() => this.other?.hear(data));
  }

  close(): void {
    if (this.readyState === "closed") return;
    this.transport.carry(() => this.other?.end());
    this.end();
  }

  hear(data: unknown): void {
    if (this.readyState === "closed" || this.isDeaf) return;
    this.onmessage?.call(asReal(this), new MessageEvent("message", { data }));
  }

  /** The other end is there. */
  open(): void {
    if (this.readyState === "closed") return;
    this.readyState = "open";
    this.onopen?.call(asReal(this), new Event("open"));
  }

  end(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    this.onclose?.call(asReal(this), new Event("close"));
  }

  /** The page is gone. */
  forget(): void {
    this.readyState = "closed";
    this.onopen = this.onmessage = this.onclose = null;
  }
}

/** The type of `this` in the handlers of the real thing. */
// deno-lint-ignore no-explicit-any
function asReal(channel: EtherChannel): any {
  return channel;
}
