import { patiently } from "../fakes/patience.ts";
import { BidiSession } from "./bidi_session.ts";

/** A running Firefox; `await using` ends it and removes its profile. */
export interface LaunchedFirefox extends AsyncDisposable {
  /** How to tell it what to do. */
  session: BidiSession;
}

/** Starts a headless Firefox: the one that `FIREFOX_PATH` names, else the one that is installed. */
export async function launchFirefox(): Promise<LaunchedFirefox> {
  await using undo = new AsyncDisposableStack();
  const profile = await Deno.makeTempDir({ prefix: "tincan-firefox-" });
  undo.defer(() => Deno.remove(profile, { recursive: true }));
  const child = spawn(profile);
  undo.defer(async () => void await child.status);
  const url = Promise.withResolvers<string>();
  const reading = readAddress(child.stderr, url);
  undo.defer(() => reading);
  await using otherwise = new AsyncDisposableStack();
  otherwise.defer(() => child.kill("SIGKILL"));
  const session = await BidiSession.open(await patiently(url.promise, "Firefox to listen"));
  await session.send("session.subscribe", { events: ["log.entryAdded"] });
  otherwise.move();
  undo.use(session);
  const running = undo.move();
  return { session, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function spawn(profile: string): Deno.ChildProcess {
  const named = Deno.env.get("FIREFOX_PATH");
  for (const name of named ? [named] : ["firefox-esr", "firefox"]) {
    try {
      return new Deno.Command(name, {
        args: ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile],
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).spawn();
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(
    'Cannot find Firefox: install it (on Debian "apt-get install firefox-esr") or set "FIREFOX_PATH"',
  );
}

/** Finds where Firefox listens in what it says, and reads on, so that it never has to wait. */
async function readAddress(
  stderr: ReadableStream<Uint8Array<ArrayBuffer>>,
  { resolve, reject }: PromiseWithResolvers<string>,
): Promise<void> {
  let said = "";
  for await (const text of stderr.pipeThrough(new TextDecoderStream())) {
    said += text;
    const [, origin] = /^WebDriver BiDi listening on (ws:\S+)\n/m.exec(said) ?? [];
    if (origin !== undefined) resolve(`${origin}/session`);
  }
  reject(new Error(`Firefox did not start: ${said}`));
}
