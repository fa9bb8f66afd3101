import { createDefine, page, type RouteConfig } from "fresh";
import { asset, Head } from "fresh/runtime";
import { ROOM_NAME_PATTERN } from "../lib/protocol/ids.ts";
import type { State } from "../lib/server/state.ts";
import { Cans } from "../islands/room/Cans.tsx";

const define = createDefine<State>();

/** The address of the start page. */
export const config: RouteConfig = { routeOverride: "/" };

/** Answers with the start page. */
export const handler = define.handlers({
  GET: () => page(),
});

/** The start page: start a room, or join one by its name. Works without JavaScript. */
export default define.page<typeof handler>(function Home() {
  return (
    <main class="page home">
      <Head>
        <link rel="stylesheet" href={asset("/home.css")} />{" "}
        <title>Tincan: two cans and a string</title>
        <meta
          name="description"
          content="Two people open a link and talk, browser to browser. The server only introduces them."
        />
      </Head>
      <p class="brand">tincan</p>
      <Cans status={{ state: "connected", path: undefined }} />
      <h1>Two cans and a string.</h1>
      <p class="lead">
        Open a room, send one person the link, and talk: browser to browser, with no account. The
        server introduces you, and never sees a word.
      </p>
      <form class="start" method="post" action="/r">
        <button class="button primary large" type="submit">Start a private chat</button>
        <p class="note">You get a link that nobody can guess.</p>
      </form>
      <form class="join" method="get" action="/r">
        <label class="label" for="room">Room name</label>
        <div class="join-row">
          <input
            class="field"
            id="room"
            name="room"
            required
            maxLength={64}
            pattern={ROOM_NAME_PATTERN}
            title="1 to 64 letters, digits, - or _"
            autocomplete="off"
            autocapitalize="none"
            placeholder="lobby"
          />
          <button class="button" type="submit">Join room</button>
        </div>
        <p class="note">Anyone who knows the name can join.</p>
      </form>
      <p class="note">
        Does it not connect? <a href="/check">Check this browser</a>.
      </p>
      <noscript>
        <p class="problem">
          You can find a room from here, but the room itself needs JavaScript: two browsers talk to
          each other there, and that takes code in both.
        </p>
      </noscript>
    </main>
  );
});
