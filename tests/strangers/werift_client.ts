import { RTCPeerConnection } from "werift";
import { signal } from "@preact/signals";
import { isObject, type JsonObject } from "../../lib/protocol/parse.ts";
import { until } from "../fakes/until.ts";
import { THIS_MACHINE } from "../fakes/werift.ts";
import { SocketClient } from "../integration/socket_client.ts";
import type { Role, Stranger } from "./stranger.ts";

type Channel = ReturnType<RTCPeerConnection["createDataChannel"]>;

/** Somebody with a program on werift. When the other leaves it begins anew, and waits to be called. */
export class WeriftClient implements Stranger, AsyncDisposable {
  #socket: SocketClient;
  #heard = signal<readonly unknown[]>([]);
  #channel = signal<Channel | undefined>(undefined);
  #rtc = this.#begin();
  #listening: Promise<void>;

  private constructor(socket: SocketClient) {
    this.#socket = socket;
    this.#listening = this.#listen();
  }

  /** Opens a socket at `url`, where it `offers` or `answers`. */
  static async open(url: string, role: Role): Promise<WeriftClient> {
    const client = new WeriftClient(await SocketClient.open(url));
    if (role === "offers") {
      client.#adopt(client.#rtc.createDataChannel("chat"));
      await client.#offer();
    }
    return client;
  }

  async say(text: string): Promise<void> {
    const channel = await until(() => this.#channel.value, (channel) => channel !== undefined);
    channel?.send(text);
  }

  async hear(text: string): Promise<void> {
    await until(() => this.#heard.value, (heard) => heard.includes(text));
  }

  heard(): Promise<unknown[]> {
    return Promise.resolve([...this.#heard.value]);
  }

  async leave(): Promise<void> {
    await this.#socket.close();
    await this.#listening;
    await this.#rtc.close();
  }

  /** Leaves, if it has not left. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }

  #begin(): RTCPeerConnection {
    const rtc = new RTCPeerConnection(THIS_MACHINE);
    rtc.onicecandidate = ({ candidate }) => {
      if (candidate) this.#socket.send({ type: "candidate", candidate: candidate.candidate });
    };
    rtc.ondatachannel = ({ channel }) => this.#adopt(channel);
    return rtc;
  }

  #adopt(channel: Channel): void {
    channel.onmessage = ({ data }) => this.#heard.value = [...this.#heard.value, data];
    const ready = () => this.#channel.value = channel;
    if (channel.readyState === "open") ready();
    else channel.onopen = ready;
  }

  async #listen(): Promise<void> {
    while (true) {
      const message = await this.#socket.next().catch(() => undefined);
      if (message === undefined) return;
      await this.#receive(message);
    }
  }

  async #receive({ type, sdp, candidate }: JsonObject): Promise<void> {
    switch (type) {
      case "offer":
        await this.#rtc.setRemoteDescription({ type, sdp: String(sdp) });
        return await this.#answer();
      case "answer":
        return await this.#rtc.setRemoteDescription({ type, sdp: String(sdp) });
      case "candidate":
        if (isObject(candidate)) await this.#rtc.addIceCandidate(candidate);
        return;
      case "leave":
        await this.#rtc.close();
        this.#channel.value = undefined;
        this.#rtc = this.#begin();
    }
  }

  async #offer(): Promise<void> {
    await this.#rtc.setLocalDescription();
    this.#socket.send({ type: "offer", sdp: this.#rtc.localDescription?.sdp });
  }

  /**
   * Answers, and leaves it to the other to begin the handshake: a werift (0.25.2) that begins it, and is
   * slow, makes its keys anew when it hears the same twice, and then understands nothing more.
   */
  async #answer(): Promise<void> {
    await this.#rtc.setLocalDescription();
    const dtls = this.#rtc.sctpTransport?.dtlsTransport;
    if (dtls !== undefined) dtls.role = "server";
    const sdp = this.#rtc.localDescription?.sdp.replace("a=setup:active", "a=setup:passive");
    this.#socket.send({ type: "answer", sdp });
  }
}
