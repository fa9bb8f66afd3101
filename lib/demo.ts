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
  const clients: Client[] = [];
  try {
    const client1 = await connect(url, "Client1", clients);
    client1.socket.send(OFFER);
    console.log("[Client1] Sent offer");
    const client2 = await connect(url, "Client2", clients);
    console.log(`[Client2] Received: ${await within("No message came", client2.message)}`);
    return yes(undefined);
  } catch (error) {
    return no(`Cannot run demo against ${base}: ${error instanceof Error ? error.message : error}`);
  } finally {
    for (const { socket } of clients) socket.close();
  }
}

interface Client {
  socket: WebSocket;
  /** The first message that comes; listened for from the start, lest it be missed. */
  message: Promise<string>;
}

async function connect(url: URL, name: string, clients: Client[]): Promise<Client> {
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<void>();
  const message = Promise.withResolvers<string>();
  socket.onopen = () => opened.resolve();
  socket.onmessage = ({ data }) => message.resolve(data);
  socket.onerror = () => opened.reject(new Error(`${name} cannot connect`));
  const client = { socket, message: message.promise };
  clients.push(client);
  await within(`${name} cannot connect`, opened.promise);
  console.log(`[${name}] Connected`);
  return client;
}

/** Waits for `promise`, but not for ever. */
function within<T>(failure: string, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`${failure} within ${PATIENCE / 1000} s`)),
    PATIENCE,
  );
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
