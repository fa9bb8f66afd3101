import { createDefine, HttpError, type PageProps } from "fresh";
import { Head } from "fresh/runtime";
import { PageFoot } from "../islands/parts/PageFoot.tsx";
import { textOf } from "../lib/locales/locales.ts";
import { fill } from "../lib/locales/text.ts";
import { parseRoomName } from "../lib/protocol/ids.ts";
import type { State } from "../lib/server/state.ts";

const define = createDefine<State>();

/** Makes a page of every error, inside the security headers. */
export const handler = define.middleware(async (ctx) => {
  try {
    return vary(await ctx.next());
  } catch (error) {
    const status = error instanceof HttpError ? error.status : 500;
    if (status >= 500) console.error(error);
    const message = error instanceof HttpError ? error.message : "";
    const { url, state } = ctx;
    const page = <ErrorPage status={status} message={message} url={url} state={state} />;
    return vary(await ctx.render(page, { status }));
  }
});

/** A page is another one in each language, and in other colours. */
function vary(response: Response): Response {
  const isPage = response.headers.get("content-type")?.startsWith("text/html");
  if (isPage) response.headers.append("vary", "accept-language, cookie");
  return response;
}

interface ErrorPageProps extends Pick<PageProps<never, State>, "url" | "state"> {
  status: number;
  message: string;
}

function ErrorPage({ status, message, url, state: { locale, theme } }: ErrorPageProps) {
  const text = textOf(locale, "common", "error");
  const { common, error } = text.words;
  const { title, next } = error[isExplained(status) ? status : 500];
  const reason = reasonOf(message);
  return (
    <>
      <main class="page">
        <Head>
          <title>{`${title} · Tincan`}</title>
        </Head>
        <p class="brand">
          <a href="/">tincan</a>
        </p>
        <h1>{title}</h1>
        {reason && <p>{error.reasons[reason]}</p>}
        <p>{next}</p>
        <p class="actions">
          <a class="button primary" href="/">{common.toStart}</a>
        </p>
        <p class="note">{fill(error.status, { status })}</p>
      </main>
      <PageFoot text={text} theme={theme} url={url} />
    </>
  );
}

function isExplained(status: number): status is 400 | 404 | 405 | 500 {
  return [400, 404, 405, 500].includes(status);
}

/** What was wrong, of which the parsers tell in English, as the wire does. */
function reasonOf(message: string): "missing" | "misspelt" | undefined {
  if (message === refusalOf("")) return "missing";
  if (message === refusalOf(" ")) return "misspelt";
  return undefined;
}

function refusalOf(name: string): string | undefined {
  const room = parseRoomName(name);
  return room.ok ? undefined : room.reason;
}
