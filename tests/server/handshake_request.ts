import { valueOf } from "../fakes/unwrap.ts";
import type { NotNow } from "../../lib/server/admission.ts";
import { parseConfig, type Settings } from "../../lib/server/config.ts";
import { decideHandshake, type Handshake } from "../../lib/server/handshake.ts";

/** A request for a socket: what is not said is as it must be, what is null is missing. */
export interface Ask {
  query?: string;
  method?: string;
  headers?: Record<string, string | null>;
  remote?: string;
  settings?: Settings;
  notNow?: NotNow;
}

export const ADDRESS = "192.0.2.1";

/** Makes the request of an {@linkcode Ask}. */
export function requestOf({ query = "?room=x", method = "GET", headers = {} }: Ask): Request {
  const all: Record<string, string | null> = {
    upgrade: "websocket",
    connection: "keep-alive, Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "MDEyMzQ1Njc4OWFiY2RlZg==",
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return new Request(`http://host/ws/signal${query}`, { method, headers: given });
}

/** Decides about the request, and tells which addresses have knocked. */
export function decide(ask: Ask): { handshake: Handshake; knocks: string[] } {
  const knocks: string[] = [];
  const handshake = decideHandshake(requestOf(ask), ask.remote ?? ADDRESS, {
    config: valueOf(parseConfig(ask.settings ?? {})),
    admission: {
      knock(address) {
        knocks.push(address);
        return ask.notNow;
      },
    },
  });
  return { handshake, knocks };
}

/** What a request that is answered over HTTP is told. */
export async function refusal(ask: Ask) {
  const { handshake, knocks } = decide(ask);
  if (handshake.state !== "refuse") throw new Error(`It was not refused: ${handshake.state}`);
  const { status, headers } = handshake.response;
  const body = await handshake.response.json();
  return { status, code: body.code, body, headers, knocks };
}

/** What a request that is turned away on its socket is told. */
export function turnedAway(ask: Ask) {
  const { handshake } = decide(ask);
  if (handshake.state !== "turn-away") throw new Error(`Not turned away: ${handshake.state}`);
  return handshake;
}
