import { createDefine, HttpError } from "fresh";
import { Head } from "fresh/runtime";
import type { State } from "../lib/server/state.ts";

const define = createDefine<State>();

/** Makes a page of every error, inside the security headers. */
export const handler = define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    const status = error instanceof HttpError ? error.status : 500;
    if (status >= 500) console.error(error);
    const detail = error instanceof HttpError ? error.message : "";
    return await ctx.render(<ErrorPage status={status} detail={detail} />, { status });
  }
});

function ErrorPage({ status, detail }: { status: number; detail: string }) {
  const { title, next } = WORDS[status] ?? WORDS[500];
  return (
    <main class="page">
      <Head>
        <title>{`${title} · Tincan`}</title>
      </Head>
      <p class="brand">
        <a href="/">tincan</a>
      </p>
      <h1>{title}</h1>
      {detail && <p>{detail}.</p>}
      <p>{next}</p>
      <p class="actions">
        <a class="button primary" href="/">To the start</a>
      </p>
      <p class="note">Status {status}</p>
    </main>
  );
}

interface Words {
  title: string;
  next: string;
}

const WORDS: { [status: number]: Words; 500: Words } = {
  400: {
    title: "That cannot be a room",
    next: "Pick another name on the start page, or ask for the link again.",
  },
  404: {
    title: "Nothing is here",
    next: "The address may be mistyped. Rooms live at /r/ and their name.",
  },
  405: {
    title: "This address does not do that",
    next: "It answers to other requests. Pages are read with GET.",
  },
  500: {
    title: "Something broke here",
    next: "It is the server's fault, not yours. Try again; if it stays, tell whoever runs it.",
  },
};
