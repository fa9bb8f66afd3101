/**
 * Two people on the real page who may meet at a relay only: a real coturn. Not part of
 * `deno task test`, which needs no TURN server: run
 * `deno task build --if-stale && deno test -A tests/turn/relay_check.ts`.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Browser } from "playwright-core";
import { launchBrowser, newPage } from "../browser/launch.ts";
import { RoomPage } from "../browser/room_page.ts";
import { AppProcess } from "./app_process.ts";
import { TurnServer, withSecret } from "./turn_server.ts";

const SECRET = "north-by-northwest";

/** Every candidate in what a page tells its peer, at the end of a description or alone. */
const CANDIDATE = /candidate:[^"\\]+/g;

/** A person in a room, and everything that the page told the server. */
interface Person {
  room: RoomPage;
  sent: string[];
}

/** Opens a room, and notes what the page sends. */
async function openRoom(browser: Browser, url: string): Promise<Person> {
  const opened = await newPage(browser);
  const sent: string[] = [];
  opened.page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => void sent.push(String(payload)));
  });
  const room = new RoomPage(opened);
  await room.page.goto(url);
  return { room, sent };
}

/** Two people who are connected through `turn`. */
async function openTwo(turn: TurnServer) {
  await using stack = new AsyncDisposableStack();
  const app = stack.use(
    await AppProcess.start({
      TURN_URLS: turn.urls,
      TURN_SECRET: SECRET,
      ICE_TRANSPORT: "relay",
    }),
  );
  const { browser } = stack.use(await launchBrowser());
  const url = `${app.origin}/r/relayed`;
  const alice = await openRoom(browser, url);
  await alice.room.untilStatus("waiting");
  const bob = await openRoom(browser, url);
  for (const { room } of [alice, bob]) await room.untilStatus("connected");
  const opened = stack.move();
  return { alice, bob, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

Deno.test("two people chat through coturn, and neither learns where the other is", async () => {
  await using turn = await TurnServer.start(withSecret(SECRET));
  await using pair = await openTwo(turn);
  const { alice, bob } = pair;
  await alice.room.say("through a relay");
  await bob.room.hear("through a relay");
  await bob.room.say("and back");
  await alice.room.hear("and back");
  for (const { room, sent } of [alice, bob]) {
    assertEquals(await room.path(), "relayed");
    const candidates = sent.flatMap((text) => text.match(CANDIDATE) ?? []);
    assert(candidates.length > 0, "no candidate was sent");
    for (const candidate of candidates) {
      // What a relay's address is for, too, is not told.
      assert(/ typ relay raddr 0\.0\.0\.0 rport 0 /.test(`${candidate} `), candidate);
    }
    assertEquals(room.errors, []);
  }
});

Deno.test("a chat whose relay was restarted goes on, with new credentials", async () => {
  const turn = await TurnServer.start(withSecret(SECRET));
  await using former = new AsyncDisposableStack();
  former.use(turn);
  await using pair = await openTwo(turn);
  const { alice, bob } = pair;
  await alice.room.say("before");
  await bob.room.hear("before");
  for (const { sent } of [alice, bob]) sent.length = 0;

  await former.disposeAsync();
  await alice.room.untilStatus("reconnecting");
  await alice.room.say("meanwhile");
  await using _again = await TurnServer.start(withSecret(SECRET), turn.port);
  await bob.room.hear("meanwhile");
  await bob.room.say("after");
  await alice.room.hear("after");
  for (const { room } of [alice, bob]) {
    await room.untilStatus("connected");
    assertEquals(await room.path(), "relayed");
    assertEquals(await room.log.getByRole("listitem").count(), 3);
    assertEquals(room.errors, []);
  }
  // It is enough that one of them begins.
  const sent = [...alice.sent, ...bob.sent];
  assert(sent.includes('{"type":"ice-servers"}'), "nobody asked for new credentials");
});
