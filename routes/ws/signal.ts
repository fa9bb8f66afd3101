import { createDefine, type RouteConfig } from "fresh";
import { connect } from "../../lib/server/connection.ts";
import { decideHandshake, offerOnly, refuse } from "../../lib/server/handshake.ts";
import { refuseSeat } from "../../lib/server/seating.ts";
import type { State } from "../../lib/server/state.ts";

const define = createDefine<State>();

/** The address of the signaling socket, with and without the slash at its end. */
export const config: RouteConfig = { routeOverride: "/ws/signal{/}?" };

/** Upgrades to the signaling socket, or says in JSON why not. */
export const handler = define.handlers(async (ctx) => {
  const { signaling } = ctx.state;
  const handshake = decideHandshake(ctx.req, remoteOf(ctx.info), signaling);
  if (handshake.state === "refuse") return handshake.response;
  if (handshake.state === "accept" && handshake.version === 1) {
    const { registry, admission } = signaling;
    if (registry.isFull(handshake.room)) {
      // Who waits counts, too.
      admission.enter(handshake.address);
      await registry.probe(handshake.room);
      admission.leave(handshake.address);
    }
    // From here on nothing waits, so that the seat that is seen is the seat that is taken.
    const refusal = refuseSeat(registry, handshake.room);
    if (refusal !== undefined) return refuse({ status: refusal.status, ...refusal.error }).response;
  }
  const { socket, response } = ctx.upgrade({
    idleTimeout: signaling.config.limits.IDLE_TIMEOUT,
    ...("protocol" in handshake && { protocol: offerOnly(ctx.req, handshake.protocol) }),
  });
  connect(socket, handshake, signaling);
  return response;
});

function remoteOf({ remoteAddr }: Deno.ServeHandlerInfo): string {
  return "hostname" in remoteAddr ? remoteAddr.hostname : "";
}
