import { createDefine, HttpError } from "fresh";
import { Head } from "fresh/runtime";
import { type PageText, textOf } from "../lib/locales/locales.ts";
import { fill } from "../lib/locales/text.ts";
import type { State } from "../lib/server/state.ts";

const define = createDefine<State>();

/** Makes a page of every error, inside the security headers. */
export const handler = define.middleware(async (ctx) => {
  try {
    return vary(await ctx.next());
  } catch (error) {
    const status = error instanceof HttpError ? error.status : 500;
    if (status >= 500) console.error(error);
    const detail = error instanceof HttpError ? error.message : "";
    const text = textOf(ctx.state.locale, "common", "error");
    return vary(
      await ctx.render(<ErrorPage status={status} detail={detail} text={text} />, { status }),
    );
  }
});

/** A page is another one in each language, and in other colours. */
function vary(response: Response): Response {
  const isPage = response.headers.get("content-type")?.startsWith("text/html");
  if (isPage) response.headers.append("vary", "accept-language, cookie");
  return response;
}

interface ErrorPageProps {
  status: number;
  detail: string;
  text: PageText<"common" | "error">;
}

function ErrorPage({ status, detail, text: { words: { common, error } } }: ErrorPageProps) {
  const { title, next } = error[isExplained(status) ? status : 500];
  return (
    <main class="page">
      <Head>
        <title>{`${title} · Tincan`}</title>
      </Head>
      <p class="brand">
        <a href="/">tincan</a>
      </p>
      <h1>{title}</h1>
      {detail && <p lang="en" dir="ltr">{detail}.</p>}
      <p>{next}</p>
      <p class="actions">
        <a class="button primary" href="/">{common.toStart}</a>
      </p>
      <p class="note">{fill(error.status, { status })}</p>
    </main>
  );
}

function isExplained(status: number): status is 400 | 404 | 405 | 500 {
  return [400, 404, 405, 500].includes(status);
}
