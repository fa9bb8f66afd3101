import { createDefine, page, type RouteConfig } from "fresh";
import { asset, Head } from "fresh/runtime";
import { textOf } from "../lib/locales/locales.ts";
import type { State } from "../lib/server/state.ts";
import { Cans } from "../islands/room/Cans.tsx";

const define = createDefine<State>();

/** The address that the service worker keeps the page of. */
export const config: RouteConfig = { routeOverride: "/offline{/}?" };

/** Answers with the page that is shown in the place of any other, where there is no network. */
export const handler = define.handlers({
  GET: () => page(undefined, { headers: { "cache-control": "no-cache" } }),
});

/** The page without a network: what works, and what does not. Its own address is any other's. */
export default define.page<typeof handler>(({ state }) => {
  const { common, offline } = textOf(state.locale, "common", "offline").words;
  return (
    <main class="page">
      <Head>
        <title>{`${offline.title} · Tincan`}</title>
        <meta name="robots" content="noindex" />
        <script type="module" src={asset("/offline.js")} />
      </Head>
      <p class="brand">
        <a href="/">tincan</a>
      </p>
      <Cans status={{ state: "waiting" }} />
      <h1>{offline.title}</h1>
      <p>{offline.lead}</p>
      <p>{`${offline.goesOn} ${offline.kept}`}</p>
      <p class="actions">
        <a class="button primary" href="">{common.tryAgain}</a>
      </p>
    </main>
  );
});
