import { assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";

const ROOT = fromFileUrl(new URL("../..", import.meta.url));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** The permissions that `deno task start` gives. */
const PERMISSIONS = (await Deno.readTextFile(`${ROOT}/deno.json`))
  .match(/"deno task build --if-stale && deno run (.+) main\.ts"/)?.[1]?.split(" ") ?? [];

function command(args: string[], env: Record<string, string> = {}): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...PERMISSIONS, ...args],
    env: { STUN_URLS: "", HOSTNAME: "127.0.0.1", PORT: "0", ...env },
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
  });
}

async function run(args: string[], env?: Record<string, string>): Promise<Outcome> {
  const { code, stdout, stderr } = await command(args, env).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** Starts the server, waits for the line that names its address, and stops it after `action`. */
async function whileServing(action: (origin: string) => Promise<void>): Promise<void> {
  const child = command(["main.ts"]).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  try {
    const { value = "" } = await lines.read();
    assertMatch(value, /^Tincan is listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    await action(value.trim().split(" ").at(-1)!);
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await lines.cancel();
    await child.stderr.cancel();
  }
}

Deno.test("a start prints the address and serves pages and their assets", async () => {
  await whileServing(async (origin) => {
    for (const path of ["/", "/r/lobby"]) {
      const response = await fetch(origin + path);
      assertEquals([response.status, path], [200, path]);
      const html = await response.text();
      const assets = [...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|svg)[^"]*)"/g)];
      assertEquals(assets.length > 0, true);
      for (const [, asset] of assets) {
        const answer = await fetch(origin + asset);
        assertEquals([answer.status, asset], [200, asset]);
        await answer.body?.cancel();
      }
    }
  });
});

Deno.test("every answer carries the security headers, and only a page's policy a nonce", async () => {
  await whileServing(async (origin) => {
    const table: [string, Record<string, string>, RegExp][] = [
      ["/", {}, /script-src 'self' 'nonce-[^']+'/],
      ["/r/lobby", {}, /script-src 'self' 'nonce-[^']+'/],
      ["/nothing", {}, /script-src 'self' 'nonce-[^']+'/],
      ["/r/no%20spaces", {}, /script-src 'self' 'nonce-[^']+'/],
      ["/styles.css", {}, /script-src 'self';/],
      ["/ws/signal", {}, /script-src 'self';/],
      ["/", { upgrade: "websocket" }, /script-src 'self';/],
      ["/ws/signal", { upgrade: "WebSocket", connection: "upgrade" }, /script-src 'self';/],
    ];
    for (const [path, headers, scripts] of table) {
      const response = await fetch(origin + path, { headers });
      await response.body?.cancel();
      const policy = response.headers.get("content-security-policy") ?? "";
      assertMatch(policy, scripts, path);
      assertMatch(policy, /default-src 'none';.*frame-ancestors 'none'/, path);
      assertEquals(/unsafe-inline|upgrade-insecure/.test(policy), false, path);
      assertEquals(response.headers.get("x-content-type-options"), "nosniff", path);
      assertEquals(response.headers.get("referrer-policy"), "no-referrer", path);
    }
  });
});

Deno.test("a start on a port that is taken says so in one line and exits with 1", async () => {
  await whileServing(async (origin) => {
    const { port } = new URL(origin);
    const { code, stderr, stdout } = await run(["main.ts"], { PORT: port });
    assertEquals(code, 1);
    assertEquals(
      stderr,
      `Cannot start server as port ${port} is in use: stop what listens there, or set PORT to another\n`,
    );
    assertEquals(stdout, "");
  });
});

Deno.test("a start with a bad setting says so in one line and exits with 1", async () => {
  const { code, stderr, stdout } = await run(["main.ts"], { PORT: "http" });
  assertEquals(code, 1);
  assertEquals(
    stderr,
    'Cannot start server as "PORT" must be 0-65535: current value is "http"\n',
  );
  assertEquals(stdout, "");
  const turn = await run(["main.ts"], { TURN_URLS: "turn:turn.example", TURN_USERNAME: "ann" });
  assertEquals([turn.code, turn.stderr], [
    1,
    'Cannot start server as "TURN_CREDENTIAL" must be set where TURN_USERNAME is\n',
  ]);
  const host = await run(["main.ts"], { HOSTNAME: "203.0.113.1" });
  assertEquals(host.code, 1);
  assertMatch(host.stderr, /^Cannot start server .*203\.0\.113\.1.*\n$/);
});

Deno.test("an unknown command says what is known and exits with 1", async () => {
  const { code, stderr } = await run(["main.ts", "srve"]);
  assertEquals([code, stderr], [1, 'Cannot run "srve": it must be serve or demo [URL]\n']);
});

Deno.test("importing main.ts starts nothing", async () => {
  const { code, stdout, stderr } = await run([
    "-c",
    "deno.json",
    "tests/integration/import_main.ts",
  ]);
  assertEquals([code, stdout, stderr], [0, "app is an App\n", ""]);
});

const DEMO = `[Client1] Connected
[Client1] Sent offer
[Client2] Connected
[Client2] Received: {"type": "offer", "sdp": "fake-sdp-from-Client1"}
`;

Deno.test("the demo prints its four lines, with a server of its own and against another", async () => {
  assertEquals(await run(["main.ts", "demo"]), { code: 0, stdout: DEMO, stderr: "" });
  await whileServing(async (origin) => {
    assertEquals(await run(["main.ts", "demo", origin]), { code: 0, stdout: DEMO, stderr: "" });
  });
});

Deno.test("the demo says in one line that a URL is none, or that nobody answers there", async () => {
  const bad = await run(["main.ts", "demo", "localhost"]);
  assertEquals(bad.code, 1);
  assertMatch(bad.stderr, /^Cannot run demo as the URL must be like .*"localhost"\n$/);
  const silent = await run(["main.ts", "demo", "http://127.0.0.1:1"]);
  assertEquals(silent.code, 1);
  assertMatch(silent.stderr, /^Cannot run demo against .*: Client1 cannot connect\n$/);
});
