import { createDefine, HttpError, type RouteConfig } from "fresh";
import { parseRoomName, randomId } from "../../lib/protocol/ids.ts";
import type { State } from "../../lib/server/state.ts";

const define = createDefine<State>();

/** The address that the forms of the start page lead to. */
export const config: RouteConfig = { routeOverride: "/r{/}?" };

/** Leads to a room: the one that was named, or a new one that nobody can guess. */
export const handler = define.handlers({
  GET(ctx) {
    const room = parseRoomName(ctx.url.searchParams.get("room")?.trim());
    if (!room.ok) throw new HttpError(400, room.reason);
    return ctx.redirect(`/r/${room.value}`, 303);
  },
  POST(ctx) {
    return ctx.redirect(`/r/${randomId(22)}`, 303);
  },
});
