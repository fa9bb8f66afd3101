/**
 * The protocol in four lines: one client sends its offer to an empty room, another comes later and
 * receives it.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import { randomId } from "./protocol/ids.ts";
import { no, type Result, yes } from "./protocol/result.ts";

const OFFER = '{"type": "offer", "sdp": "fake-sdp-from-Client1"}';

/** Milliseconds to wait for a server that may not be there. */
const PATIENCE = 10_000;

/** Shows two simulated clients against the server at `base`, an HTTP or WebSocket URL. */
export async function runDemo(base: string, clock: Clock): Promise<Result<undefined>> {
  const url = URL.parse("/ws/signal/", base);
  if (url === null || !/^(http|ws)s?:$/.test(url.protocol)) {
    return no(`Cannot run demo as the URL must be like http://localhost:8000: it is "${base}"`);
  }
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("room", `demo-${randomId(8)}`);
  const clients: Client[] = [];
  const connect = async (name: string): Promise<Client> => {
    const client = openClient(url, name);
    clients.push(client);
    await within(client.opened, { failure: `${name} cannot connect`, clock });
    console.log(`[${name}] Connected`);
    return client;
  };
  try {
    const client1 = await connect("Client1");
    client1.socket.send(OFFER);
    console.log("[Client1] Sent offer");
    const client2 = await connect("Client2");
    const message = await within(client2.message, { failure: "No message came", clock });
    console.log(`[Client2] Received: ${message}`);
    return yes(undefined);
  } catch (error) {
    return no(`Cannot run demo against ${base}: ${error instanceof Error ? error.message : error}`);
  } finally {
    for (const { socket } of clients) socket.close();
  }
}

interface Client {
  socket: WebSocket;
  opened: Promise<void>;
  /** The first message that comes; listened for from the start, lest it be missed. */
  message: Promise<string>;
}

function openClient(url: URL, name: string): Client {
  const socket = new WebSocket(url);
  const opened = Promise.withResolvers<void>();
  const message = Promise.withResolvers<string>();
  socket.onopen = () => opened.resolve();
  socket.onmessage = ({ data }) => message.resolve(data);
  socket.onerror = () => opened.reject(new Error(`${name} cannot connect`));
  return { socket, opened: opened.promise, message: message.promise };
}

/** Waits for `promise`, but not for ever. */
function within<T>(
  promise: Promise<T>,
  { failure, clock }: { failure: string; clock: Clock },
): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const seconds = PATIENCE / 1000;
  const cancel = clock.after(PATIENCE, () => reject(new Error(`${failure} within ${seconds} s`)));
  return Promise.race([promise, late]).finally(cancel);
}
