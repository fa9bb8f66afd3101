import { assertMatch } from "@std/assert";
import { HonestPair } from "./honest_pair.ts";
import { until } from "../fakes/patience.ts";
import { RawSocket } from "./raw_socket.ts";
import { Target } from "./target.ts";

/** As many files as the server may have open, and more connections than that. */
const FILES = 200;

Deno.test("when no more files can be opened, who is in stays, and others may come later", async () => {
  await using target = await Target.start({}, FILES);
  const pair = await HonestPair.join(target);
  {
    using silent = new DisposableStack();
    for (let i = 0; i < FILES + 50; i++) {
      const socket = await RawSocket.dial(target.port).catch(() => undefined);
      // Refused: the server has noticed.
      if (socket === undefined) break;
      silent.use(socket);
    }
    await pair.relays();
  }
  await pair.relays();
  // The server tries again once a second.
  const origin = `http://127.0.0.1:${target.port}/`;
  await until(
    () => fetch(origin).then(async ({ body }) => (await body?.cancel(), true), () => false),
    (isThere) => isThere,
  );
  {
    using _ = await RawSocket.join(target.port);
    await pair.relays();
  }
  await pair[Symbol.asyncDispose]();
  assertMatch(await target.stop(), /^(Nobody can be accepted now: .*\n)+$/);
});
