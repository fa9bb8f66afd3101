import { assertEquals } from "@std/assert";
import type { JsonObject } from "../../lib/protocol/parse.ts";
import { SocketClient } from "../integration/socket_client.ts";
import { patiently, until } from "../fakes/patience.ts";
import type { Target } from "./target.ts";

/** Where the pair talks; no attacker comes here. */
const ROOM = "honest";

/** Two peers of version 2 who do nothing wrong, and must not notice what others do. */
export class HonestPair implements AsyncDisposable {
  readonly first: SocketClient;
  readonly second: SocketClient;
  /** What they were welcomed with. */
  readonly welcomes: readonly [JsonObject, JsonObject];
  #said = 0;

  private constructor(first: Joined, second: Joined) {
    [this.first, this.second] = [first.client, second.client];
    this.welcomes = [first.welcome, second.welcome];
  }

  /** Joins both. */
  static async join(target: Target): Promise<HonestPair> {
    const first = await SocketClient.join(target.roomUrl(ROOM));
    const second = await SocketClient.join(target.roomUrl(ROOM));
    const { peer } = second.welcome;
    assertEquals(await first.client.next(), { type: "peer-joined", peer, version: 2 });
    return new HonestPair(first, second);
  }

  /** Takes both seats back on new sockets of `target`, after the old ones broke. */
  async resume(target: Target): Promise<HonestPair> {
    const [{ peer: firstId, resume: firstToken }, { peer, resume }] = this.welcomes;
    const first = await comeBack(target, firstToken);
    const second = await comeBack(target, resume);
    assertEquals([first.welcome.peer, second.welcome.peer], [firstId, peer]);
    assertEquals(await first.client.next(), { type: "peer-back", peer });
    return new HonestPair(first, second);
  }

  /** Makes sure that a signal of each reaches the other, and that nothing else did. */
  async relays(): Promise<void> {
    await patiently(this.#relay(), "the honest pair");
  }

  /** Both leave, so that no seat waits for them. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of [this.first, this.second]) {
      client.send({ type: "leave" });
      await client.close();
    }
  }

  async #relay(): Promise<void> {
    const sdp = `v=0 ${++this.#said}`;
    const [{ peer: firstId }, { peer: secondId }] = this.welcomes;
    this.first.send({ type: "offer", sdp });
    assertEquals(await this.second.next(), { type: "offer", sdp, from: firstId });
    this.second.send({ type: "answer", sdp });
    assertEquals(await this.first.next(), { type: "answer", sdp, from: secondId });
  }
}

type Joined = Awaited<ReturnType<typeof SocketClient.join>>;

/** Tries until the server has room: it refuses everybody while its memory is short. */
function comeBack(target: Target, resume: unknown): Promise<Joined> {
  const url = target.roomUrl(ROOM);
  const attempt = () => SocketClient.join(url, { resume }).catch(() => undefined);
  return until(attempt, (joined) => joined !== undefined) as Promise<Joined>;
}
