import { createDefine, page, type RouteConfig } from "fresh";
import { asset, Head } from "fresh/runtime";
import { Check } from "../islands/Check.tsx";
import { PageFoot } from "../islands/parts/PageFoot.tsx";
import { textOf } from "../lib/locales/locales.ts";
import type { State } from "../lib/server/state.ts";

const define = createDefine<State>();

/** The address of the check. */
export const config: RouteConfig = { routeOverride: "/check{/}?" };

/** Answers with the page that checks a browser; what it finds, it finds there. */
export const handler = define.handlers({
  GET: () => page(),
});

/** The page that checks this browser against this server. */
export default define.page<typeof handler>(({ url, state: { locale, theme } }) => {
  const text = textOf(locale, "common", "check");
  return (
    <>
      <Head>
        <link rel="stylesheet" href={asset("/check.css")} />{" "}
        <title>{text.words.check.pageTitle}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <Check
        text={text}
        {...(locale !== "en" && { reportText: textOf("en", "check") })}
      />
      <PageFoot text={text} theme={theme} url={url} />
    </>
  );
});
