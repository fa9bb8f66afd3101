import { assert, assertEquals, assertRejects } from "@std/assert";
import { findBrowser, systemCandidates } from "./find_browser.ts";

Deno.test("systemCandidates() looks for Chrome before Chromium along PATH on Linux", () => {
  const candidates = systemCandidates({
    os: "linux",
    env: variables({ PATH: "/opt/bin:.:/usr/bin" }),
  });

  assertEquals(candidates.slice(0, 2), [
    "/opt/bin/google-chrome-stable",
    "/usr/bin/google-chrome-stable",
  ]);
  assert(candidates.indexOf("/usr/bin/google-chrome") < candidates.indexOf("/opt/bin/chromium"));
  assert(
    candidates.every((path) => path.startsWith("/")),
    "A relative folder of PATH is not trusted",
  );
});

Deno.test("systemCandidates() looks in both Applications folders on macOS", () => {
  const candidates = systemCandidates({ os: "darwin", env: variables({ HOME: "/Users/ada" }) });

  assertEquals(candidates.slice(0, 2), [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Users/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ]);
});

Deno.test("systemCandidates() falls back to Edge on Windows and skips folders that are not set", () => {
  const env = variables({ "ProgramFiles": "C:\\Program Files", "LocalAppData": "C:\\Ada" });

  assertEquals(systemCandidates({ os: "windows", env }), [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Ada\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files\\Chromium\\Application\\chrome.exe",
    "C:\\Ada\\Chromium\\Application\\chrome.exe",
    "C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe",
    "C:\\Ada\\Microsoft\\Edge\\Application\\msedge.exe",
  ]);
});

Deno.test("findBrowser() takes CHROME_PATH first and names it when it leads nowhere", async () => {
  const chosen = Deno.execPath();
  assertEquals(await findBrowser({ ...Deno.build, env: variables({ CHROME_PATH: chosen }) }), {
    executablePath: chosen,
    env: {},
  });

  await assertRejects(
    () => findBrowser({ ...Deno.build, env: variables({ CHROME_PATH: "/nowhere/chrome" }) }),
    Error,
    '"CHROME_PATH" must be an executable file: current value is "/nowhere/chrome"',
  );
});

Deno.test("findBrowser() says in one line what to do where npm carries no Chromium", async () => {
  await assertRejects(
    () => findBrowser({ os: "windows", arch: "aarch64", env: variables({}) }),
    Error,
    'Cannot find a browser on windows aarch64: install Chrome or set "CHROME_PATH"',
  );
});

/** Reads variables from a record. */
function variables(values: Record<string, string>): (name: string) => string | undefined {
  return (name) => values[name];
}
