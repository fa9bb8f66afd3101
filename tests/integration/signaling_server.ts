import { App } from "fresh";
import { type Clock, systemClock } from "../../lib/clock.ts";
import { parseConfig, type Settings } from "../../lib/server/config.ts";
import { Listener } from "../../lib/server/listen.ts";
import { relieve } from "../../lib/server/relieve.ts";
import { createSignaling, type Signaling } from "../../lib/server/signaling.ts";
import type { State } from "../../lib/server/state.ts";
import { handler } from "../../routes/ws/signal.ts";
import { valueOf } from "../fakes/unwrap.ts";

/** A real server on a free port, with the signaling route alone. */
export interface SignalingServer extends AsyncDisposable {
  /** The address of a room: `ws://…/ws/signal?room=NAME`. */
  roomUrl(name: string): string;
  /** `http://127.0.0.1:PORT` */
  origin: string;
  signaling: Signaling;
}

/** Starts a server; `await using` stops it. Its time is the wall's, or that of `clock`. */
export function startSignalingServer(
  settings: Settings = {},
  clock: Clock = systemClock,
): SignalingServer {
  const config = valueOf(parseConfig({ STUN_URLS: "", ...settings }));
  const signaling = createSignaling(config, clock);
  const app = new App<State>()
    .use((ctx) => {
      ctx.state.signaling = signaling;
      return ctx.next();
    })
    .all("/ws/signal{/}?", handler);
  const listener = valueOf(
    Listener.open(app.handler(), { port: 0, hostname: "127.0.0.1" }, systemClock),
  );
  signaling.memory.relieve = (why) => relieve(signaling, { listener, why });
  const { port } = listener.address;
  return {
    roomUrl: (name) => `ws://127.0.0.1:${port}/ws/signal?room=${name}`,
    origin: `http://127.0.0.1:${port}`,
    signaling,
    async [Symbol.asyncDispose]() {
      await listener.shutdown();
      signaling.close();
    },
  };
}
