import { createDefine, HttpError, page, type RouteConfig } from "fresh";
import { asset, Head } from "fresh/runtime";
import { LOCALE_NAMES, textOf } from "../../lib/locales/locales.ts";
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

const STYLES = ["/room.css", "/messages.css", "/invite.css"];

/** The room's page. */
export default define.page<typeof handler>(({ data: { name }, state }) => {
  const text = textOf(state.locale, "common", "room", "chat", "invite", "files");
  return (
    <>
      <Head>
        {STYLES.map((file) => <link key={file} rel="stylesheet" href={asset(file)} />)}
        <title>{fill(text.words.room.title, { room: name })}</title>
      </Head>
      <Room
        name={name}
        text={text}
        preferences={{ locales: LOCALE_NAMES, theme: state.theme, back: `/r/${name}` }}
      />
    </>
  );
});
