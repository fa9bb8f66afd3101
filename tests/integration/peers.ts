import type { JsonObject } from "../../lib/protocol/parse.ts";
import { type JoinOptions, SocketClient } from "./socket_client.ts";

/** A peer of version 2 in its room. */
export interface Peer extends AsyncDisposable {
  client: SocketClient;
  welcome: JsonObject;
  /** The id that the server gave to it. */
  id: string;
  /** What takes its seat back. */
  token: string;
}

/** Joins a room, in which there must be a seat. */
export async function joinPeer(url: string, options?: JoinOptions): Promise<Peer> {
  const { client, welcome } = await SocketClient.join(url, options);
  if (welcome.type !== "welcome") {
    await client.close();
    throw new Error(`There should be a welcome, but: ${JSON.stringify(welcome)}`);
  }
  return {
    client,
    welcome,
    id: String(welcome.peer),
    token: String(welcome.resume),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** Peers in the order of their seats; a test knows how many it asked for. */
export type Party = [Peer, Peer, Peer, Peer, ...Peer[]] & AsyncDisposable;

/** Joins `count` peers one after the other, all of whom have heard of those after them. */
export async function joinPeers(url: string, count: number): Promise<Party> {
  const peers: Peer[] = [];
  for (let i = 0; i < count; i++) {
    const peer = await joinPeer(url);
    for (const { client } of peers) await expect(client, { type: "peer-joined", peer: peer.id });
    peers.push(peer);
  }
  return Object.assign(peers as [Peer, Peer, Peer, Peer], {
    async [Symbol.asyncDispose]() {
      await Promise.all(peers.map(({ client }) => client.close()));
    },
  });
}

/** Takes the next frame, which must have these fields and may have more; answers the whole. */
export async function expect(client: SocketClient, fields: JsonObject): Promise<JsonObject> {
  const frame = await client.next();
  for (const [name, value] of Object.entries(fields)) {
    if (frame[name] === value) continue;
    throw new Error(`There should be ${JSON.stringify(fields)}, but: ${JSON.stringify(frame)}`);
  }
  return frame;
}

/** Tries to join, and answers the code of the error and of the close that follows it. */
export async function joinInVain(url: string, options?: JoinOptions): Promise<[unknown, number]> {
  const { client, welcome } = await SocketClient.join(url, options);
  if (welcome.type === "error") return [welcome.code, (await client.closed).code];
  await client.close();
  throw new Error(`There should be no welcome, but: ${JSON.stringify(welcome)}`);
}
