import { createDefine, HttpError, page, type RouteConfig } from "fresh";
import { asset, Head } from "fresh/runtime";
import { textOf } from "../../lib/locales/locales.ts";
import { fill } from "../../lib/locales/text.ts";
import { parseRoomName } from "../../lib/protocol/ids.ts";
import type { State } from "../../lib/server/state.ts";
import { Room } from "../../islands/Room.tsx";

const define = createDefine<State>();

/** The address of a room. */
export const config: RouteConfig = { routeOverride: "/r/:name{/}?" };

/** Answers with the room's page, whoever is in the room: the socket finds that out. */
export const handler = define.handlers({
  GET(ctx) {
    const room = parseRoomName(ctx.params.name);
    if (!room.ok) throw new HttpError(400, room.reason);
    return page({ name: room.value }, { headers: { "cache-control": "no-store" } });
  },
});

/** The room's page. */
export default define.page<typeof handler>(({ data: { name }, state }) => {
  const text = textOf(state.locale, "common", "room");
  return (
    <>
      <Head>
        <link rel="stylesheet" href={asset("/room.css")} />{" "}
        <title>{fill(text.words.room.title, { room: name })}</title>
      </Head>
      <Room name={name} text={text} />
    </>
  );
});
