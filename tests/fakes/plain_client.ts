import { RTCPeerConnection } from "werift";
import { signal } from "@preact/signals";
import { SocketClient } from "../integration/socket_client.ts";
import { until } from "./until.ts";
import { THIS_MACHINE } from "./werift.ts";

/** A client of version 1 as anybody might write it: a socket, a real peer, and plain text. */
export class PlainClient implements AsyncDisposable {
  /** What it heard, as it came. */
  readonly heard = signal<readonly unknown[]>([]);
  /** The types of the signals that it received. */
  readonly received: unknown[] = [];
  #socket: SocketClient;
  #rtc = this.#createRtc();
  #channel = signal<{ send(text: string): void } | undefined>(undefined);
  #listening: Promise<void>;

  private constructor(socket: SocketClient) {
    this.#socket = socket;
    this.#listening = this.#listen();
  }

  /** Opens a socket at `url`; answers offers. */
  static async open(url: string): Promise<PlainClient> {
    return new PlainClient(await SocketClient.open(url));
  }

  /** Opens the channel `chat` and offers. */
  async offer(): Promise<void> {
    this.#adopt(this.#rtc.createDataChannel("chat"));
    await this.#rtc.setLocalDescription();
    this.#socket.send({ type: "offer", sdp: this.#rtc.localDescription?.sdp });
  }

  /** Says something as soon as there is a channel to say it on. */
  async say(text: string): Promise<void> {
    const channel = await until(() => this.#channel.value, (channel) => channel !== undefined);
    channel?.send(text);
  }

  /** Waits until it has heard `text`. */
  async untilHeard(text: string): Promise<void> {
    await until(() => this.heard.value, (heard) => heard.includes(text));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#socket.close();
    await this.#listening;
    await this.#rtc.close();
  }

  #createRtc(): RTCPeerConnection {
    const rtc = new RTCPeerConnection(THIS_MACHINE);
    rtc.onicecandidate = ({ candidate }) => {
      if (candidate) this.#socket.send({ type: "candidate", candidate: candidate.candidate });
    };
    rtc.ondatachannel = ({ channel }) => this.#adopt(channel);
    return rtc;
  }

  #adopt(channel: ReturnType<RTCPeerConnection["createDataChannel"]>): void {
    channel.onmessage = ({ data }) => this.heard.value = [...this.heard.value, data];
    const ready = () => this.#channel.value = channel;
    if (channel.readyState === "open") ready();
    else channel.onopen = ready;
  }

  async #listen(): Promise<void> {
    while (true) {
      const message = await this.#socket.next().catch(() => undefined);
      if (message === undefined) return;
      this.received.push(message.type);
      await this.#act(message as { type: string; sdp: string; candidate: { candidate: string } })
        // Such a client knows no better than to go on.
        .catch(() => {});
    }
  }

  async #act(message: { type: string; sdp: string; candidate: { candidate: string } }) {
    switch (message.type) {
      case "offer":
        await this.#rtc.setRemoteDescription({ type: "offer", sdp: message.sdp });
        await this.#rtc.setLocalDescription(await this.#rtc.createAnswer());
        return this.#socket.send({ type: "answer", sdp: this.#rtc.localDescription?.sdp });
      case "answer":
        return await this.#rtc.setRemoteDescription({ type: "answer", sdp: message.sdp });
      case "candidate":
        return await this.#rtc.addIceCandidate(message.candidate);
    }
  }
}
