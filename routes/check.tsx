import { createDefine, page, type RouteConfig } from "fresh";
import { asset, Head } from "fresh/runtime";
import type { State } from "../lib/server/state.ts";
import { Check } from "../islands/Check.tsx";

const define = createDefine<State>();

/** The address of the check. */
export const config: RouteConfig = { routeOverride: "/check{/}?" };

/** Answers with the page that checks a browser; what it finds, it finds there. */
export const handler = define.handlers({
  GET: () => page(),
});

/** The page that checks this browser against this server. */
export default define.page<typeof handler>(() => (
  <>
    <Head>
      <link rel="stylesheet" href={asset("/check.css")} /> <title>Check · Tincan</title>
      <meta name="robots" content="noindex" />
    </Head>
    <Check />
  </>
));
