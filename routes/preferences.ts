import { createDefine, type RouteConfig } from "fresh";
import { readChoice, readWayBack, writePreferences } from "../lib/server/preferences.ts";
import type { State } from "../lib/server/state.ts";

const define = createDefine<State>();

/** The address that a choice of language or colours is sent to. */
export const config: RouteConfig = { routeOverride: "/preferences{/}?" };

/** Remembers a choice, and leads back to where it was made. */
export const handler = define.handlers({
  async POST(ctx) {
    const form = await readChoice(ctx.req);
    if (form === undefined) return ctx.redirect("/", 303);
    const response = ctx.redirect(readWayBack(form), 303);
    writePreferences(form, response);
    return response;
  },
});
