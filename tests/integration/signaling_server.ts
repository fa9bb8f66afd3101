import { App } from "fresh";
import { systemClock } from "../../lib/clock.ts";
import { parseConfig, type Settings } from "../../lib/server/config.ts";
import { Registry } from "../../lib/server/registry.ts";
import type { State } from "../../lib/server/state.ts";
import { handler } from "../../routes/ws/signal.ts";
import { valueOf } from "../fakes/unwrap.ts";

/** A real server on a free port, with the signaling route alone. */
export interface SignalingServer extends AsyncDisposable {
  /** The address of a room: `ws://…/ws/signal?room=NAME`. */
  roomUrl(name: string): string;
  /** `http://127.0.0.1:PORT` */
  origin: string;
  registry: Registry;
}

/** Starts a server; `await using` stops it. */
export function startSignalingServer(settings: Settings = {}): SignalingServer {
  const config = valueOf(parseConfig({ STUN_URLS: "", ...settings }));
  const registry = new Registry(config.roomCapacity);
  const signaling = { config, registry, clock: systemClock };
  const app = new App<State>()
    .use((ctx) => {
      ctx.state.signaling = signaling;
      return ctx.next();
    })
    .all("/ws/signal{/}?", handler);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
  const { port } = server.addr;
  return {
    roomUrl: (name) => `ws://127.0.0.1:${port}/ws/signal?room=${name}`,
    origin: `http://127.0.0.1:${port}`,
    registry,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
