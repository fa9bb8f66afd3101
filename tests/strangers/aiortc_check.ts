/**
 * A client in Python in one room with our page. Not part of `deno task test`, which needs no Python:
 * install aiortc and run `deno task build && deno test -A tests/strangers/aiortc_check.ts`.
 *
 * @module
 */

import { AiortcClient, requireAiortc } from "./aiortc_client.ts";
import { meet } from "./stranger.ts";

await requireAiortc();

Deno.test("a client on aiortc chats with our page", async (t) => {
  await meet(t, (url, role) => Promise.resolve(new AiortcClient(url, role)));
});
