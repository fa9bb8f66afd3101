import { createDefine, page, type RouteConfig } from "fresh";
import { asset, Head } from "fresh/runtime";
import { Preferences } from "../islands/parts/Preferences.tsx";
import { Cans } from "../islands/room/Cans.tsx";
import { type Catalogue, LOCALE_NAMES, textOf } from "../lib/locales/locales.ts";
import { ROOM_NAME_PATTERN } from "../lib/protocol/ids.ts";
import type { State } from "../lib/server/state.ts";

const define = createDefine<State>();

/** The address of the start page. */
export const config: RouteConfig = { routeOverride: "/" };

/** Answers with the start page. */
export const handler = define.handlers({
  GET: () => page(),
});

type Words = { home: Catalogue["home"] };

/** The start page: start a room, or join one by its name. Works without JavaScript. */
export default define.page<typeof handler>(function Home({ state }) {
  const text = textOf(state.locale, "common", "home");
  const { home } = text.words;
  return (
    <main class="page home">
      <Head>
        <link rel="stylesheet" href={asset("/home.css")} />
        <link rel="stylesheet" href={asset("/preferences.css")} /> <title>{home.title}</title>
        <meta name="description" content={home.description} />
        <script type="module" src={asset("/home.js")} />
        <script type="module" src={asset("/page.js")} />
      </Head>
      <header class="home-head">
        <p class="brand">tincan</p>
        <Cans status={{ state: "connected", path: undefined }} />
      </header>
      <section class="hero">
        <h1>{home.headline}</h1>
        <p class="lead">{home.lead}</p>
        <form class="start" method="post" action="/r">
          <button class="button primary large" type="submit">{home.start}</button>
          <p class="note">{home.startNote}</p>
        </form>
        <noscript>
          <p class="problem">{home.needsJavaScript}</p>
        </noscript>
      </section>
      <div class="doors">
        <JoinForm home={home} />
        <RecentRooms home={home} />
        {/* Not deferred: the list takes its place before what comes below it is drawn. */}
        <script src={asset("/recent_rooms.js")} />
      </div>
      <Trust home={home} />
      <footer class="home-foot">
        <p>
          {home.noConnection} <a href="/check">{home.checkBrowser}</a>
        </p>
        <Preferences
          text={text}
          locales={LOCALE_NAMES}
          theme={state.theme}
          back="/"
        />
      </footer>
    </main>
  );
});

/** Takes a name; `home.js` has it take an invite link, too, and says what is wrong with either. */
function JoinForm({ home }: Words) {
  const { problems } = home;
  return (
    <form class="join tag" method="get" action="/r">
      <h2>{home.joinTitle}</h2>
      <label class="label" for="room">{home.roomName}</label>
      <div class="join-row">
        <input
          class="field"
          id="room"
          name="room"
          dir="ltr"
          required
          pattern={ROOM_NAME_PATTERN}
          title={home.nameRule}
          aria-describedby="room-problem room-note"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          enterkeyhint="go"
        />
        <button class="button" type="submit">{home.join}</button>
      </div>
      <p
        class="problem"
        id="room-problem"
        role="alert"
        data-empty={problems.empty}
        data-spaces={problems.spaces}
        data-letters={problems.letters}
        data-too-long={problems.tooLong}
        data-suggestion={problems.suggestion}
        data-other-server={problems.otherServer}
        data-no-room={problems.noRoom}
      />
      <p class="note" id="room-note">
        {home.joinNote} <span class="scripted">{home.linkNote}</span>
      </p>
    </form>
  );
}

/** Where `recent_rooms.js` lists the rooms that this device remembers; the server never hears of them. */
function RecentRooms({ home }: Words) {
  return (
    <>
      <section
        class="recent"
        id="recent"
        aria-labelledby="recent-title"
        hidden
        data-forget-room={home.forgetRoom}
        data-forgotten={home.forgotten}
        data-all-forgotten={home.allForgotten}
      >
        <div class="recent-head">
          <h2 id="recent-title">{home.recent}</h2>
          <button class="quiet-button" type="button" id="forget-all">{home.forgetAll}</button>
        </div>
        <ol class="recent-list" />
        <p class="note">{home.recentNote}</p>
        <template id="recent-room">
          <li class="recent-room">
            <a>
              <bdi /> <time class="note" />
            </a>
            <button class="quiet-button" type="button">{home.forget}</button>
          </li>
        </template>
      </section>
      <p class="visually-hidden" id="recent-news" aria-live="polite" />
    </>
  );
}

/** What there is to trust the server with. */
function Trust({ home }: Words) {
  const sees = [home.seesAddress, home.seesRoom, home.seesTimes, home.seesSetup];
  const seesNot = [home.seesNotWords, home.seesNotFiles, home.seesNotNickname];
  return (
    <section class="trust">
      <h2>{home.trust}</h2>
      <div class="trust-lists">
        <div>
          <h3>
            <Eye isOpen />
            {home.sees}
          </h3>
          <ul>{sees.map((item) => <li key={item}>{item}</li>)}</ul>
        </div>
        <div>
          <h3>
            <Eye isOpen={false} />
            {home.seesNot}
          </h3>
          <ul>{seesNot.map((item) => <li key={item}>{item}</li>)}</ul>
        </div>
      </div>
      <div class="trust-limits">
        <p>{home.trustLimit}</p>
        <p>{home.privateLimit}</p>
      </div>
    </section>
  );
}

function Eye({ isOpen }: { isOpen: boolean }) {
  return (
    <svg class="eye" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {isOpen
        ? (
          <path d="M2.500 12.500C6 7 9 5.500 12 5.500S18 7 21.500 12.500C18 17.500 15 19 12 19S6 17.500 2.500 12.500Z" />
        )
        : (
          <path d="M2.500 10C6 14.500 9 16 12 16S18 14.500 21.500 10M12 16V19.500M7 14.800 5.500 18M17 14.800 18.500 18" />
        )}
      {isOpen && <circle cx="12" cy="12.300" r="3" />}
    </svg>
  );
}
