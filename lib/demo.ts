/**
 * The protocol in four lines: one client sends its offer to an empty room, another comes later and
 * receives it.
 *
 * @module
 */

import { randomId } from "./protocol/ids.ts";
import { no, type Result, yes } from "./protocol/result.ts";

const OFFER = '{"type": "offer", "sdp": "fake-sdp-from-Client1"}';

/** Milliseconds to wait for a server that may not be there. */
const PATIENCE = 10_000;

/** Shows two simulated clients against the server at `base`, an HTTP or WebSocket URL. */
export async function runDemo(base: string): Promise<Result<undefined>> {
  const url = URL.parse("/ws/signal/", base);
  if (url === null || !/^(http|ws)s?:$/.test(url.protocol)) {
    return no(`Cannot run demo as the URL must be like http://localhost:8000: it is "${base}"`);
  }
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("room", `demo-${randomId(8)}`);
  const clients: WebSocket[] = [];
  try {
    const client1 = await connect(url, "Client1", clients);
    client1.send(OFFER);
    console.log("[Client1] Sent offer");
    const client2 = await connect(url, "Client2", clients);
    console.log(`[Client2] Received: ${await nextMessage(client2)}`);
    return yes(undefined);
  } catch (error) {
    return no(`Cannot run demo against ${base}: ${error instanceof Error ? error.message : error}`);
  } finally {
    for (const client of clients) client.close();
  }
}

function connect(url: URL, name: string, clients: WebSocket[]): Promise<WebSocket> {
  const socket = new WebSocket(url);
  clients.push(socket);
  return within(`${name} cannot connect`, (resolve, reject) => {
    socket.onopen = () => {
      console.log(`[${name}] Connected`);
      resolve(socket);
    };
    socket.onerror = () => reject(new Error(`${name} cannot connect`));
  });
}

function nextMessage(socket: WebSocket): Promise<string> {
  return within("no message came", (resolve, reject) => {
    socket.onmessage = ({ data }) => resolve(data);
    socket.onclose = ({ code }) => reject(new Error(`the server closed with code ${code}`));
  });
}

function within<T>(
  failure: string,
  executor: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new Error(`${failure} in ${PATIENCE / 1000} s`)), PATIENCE);
  executor(resolve, reject);
  return promise.finally(() => clearTimeout(timer));
}
