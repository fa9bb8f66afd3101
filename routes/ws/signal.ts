import { createDefine, type RouteConfig } from "fresh";
import { connect } from "../../lib/server/connection.ts";
import { decideHandshake } from "../../lib/server/handshake.ts";
import type { State } from "../../lib/server/state.ts";

const define = createDefine<State>();

/** The address of the signaling socket, with and without the slash at its end. */
export const config: RouteConfig = { routeOverride: "/ws/signal{/}?" };

/** Upgrades to the signaling socket, or says in JSON why not. */
export const handler = define.handlers((ctx) => {
  const { signaling } = ctx.state;
  const handshake = decideHandshake(ctx.req, (room) => signaling.registry.isFull(room));
  if (handshake.state === "refuse") return handshake.response;
  const { socket, response } = ctx.upgrade({
    idleTimeout: signaling.config.idleTimeout,
    ...("protocol" in handshake && { protocol: handshake.protocol }),
  });
  connect(socket, handshake, signaling);
  return response;
});
