/**
 * Tries Tincan's credentials on a real coturn, with a real browser. Not part of `deno task test`,
 * which needs no TURN server: run `deno test -A tests/turn/credentials_check.ts`.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import type { IceConfiguration } from "../../lib/protocol/messages.ts";
import type { JsonObject } from "../../lib/protocol/parse.ts";
import type { Settings } from "../../lib/server/config.ts";
import { iceConfigurationFor } from "../../lib/server/turn_credentials.ts";
import { launchBrowser, newPage } from "../browser/launch.ts";
import { type SignalingServer, startSignalingServer } from "../integration/signaling_server.ts";
import { SocketClient } from "../integration/socket_client.ts";
import { TurnServer, withSecret } from "./turn_server.ts";

const SECRET = "north-by-northwest";

/** What a browser finds where it may use relays only. */
interface Gathered {
  /** The kinds of its candidates. */
  kinds: string[];
  /** How the TURN server refused it (RFC 8489 section 14.8). */
  refusals: number[];
}

/** Gathers candidates, as a page does before it offers. */
const GATHER = `async (configuration) => {
  const connection = new RTCPeerConnection({ ...configuration, iceTransportPolicy: "relay" });
  const kinds = [];
  const refusals = [];
  connection.onicecandidateerror = ({ errorCode }) => refusals.push(errorCode);
  const done = new Promise((resolve) => {
    connection.onicecandidate = ({ candidate }) => {
      if (candidate === null) resolve();
      else if (candidate.type) kinds.push(candidate.type);
    };
  });
  connection.createDataChannel("chat");
  await connection.setLocalDescription();
  await done;
  connection.close();
  return { kinds, refusals };
}`;

/** A page that gathers with a configuration. */
function gather(page: Page, configuration: IceConfiguration): Promise<Gathered> {
  return page.evaluate(`(${GATHER})(${JSON.stringify(configuration)})`);
}

/** What a server that is set so tells a peer: in its welcome, and when it asks. */
async function ask(settings: Settings): Promise<[IceConfiguration, IceConfiguration]> {
  await using server = startSignalingServer(settings);
  const { client, welcome } = await SocketClient.join(server.roomUrl("x"));
  await using _ = client;
  client.send({ type: "ice-servers" });
  const read = ({ iceServers }: JsonObject) => ({ iceServers }) as IceConfiguration;
  return [read(welcome), read(await client.next())];
}

/** A page of any site that is on this machine. */
async function openPage(browser: Browser, site: SignalingServer): Promise<Page> {
  const { page } = await newPage(browser);
  await page.goto(site.origin);
  return page;
}

Deno.test("coturn lets in whom Tincan sends, and nobody else", async (t) => {
  await using turn = await TurnServer.start(withSecret(SECRET));
  await using launched = await launchBrowser();
  await using site = startSignalingServer();
  const page = await openPage(launched.browser, site);

  const accepted = async (configuration: IceConfiguration) => {
    const { kinds, refusals } = await gather(page, configuration);
    assert(kinds.length > 0, "no relay was found");
    assertEquals([new Set(kinds), refusals], [new Set(["relay"]), []]);
  };
  const refused = async (configuration: IceConfiguration) => {
    const { kinds, refusals } = await gather(page, configuration);
    assertEquals(kinds, []);
    assertEquals(new Set(refusals), new Set([401]));
  };

  const settings = { TURN_URLS: turn.urls, TURN_SECRET: SECRET };
  const shared = { urls: turn.urls.split(","), secret: SECRET, ttl: 60 };
  const now = Date.now();

  await t.step("credentials of the welcome, and those of ice-servers, let a peer in", async () => {
    for (const configuration of await ask(settings)) await accepted(configuration);
  });

  await t.step("credentials last for their time, and not for longer", async () => {
    const made = (ago: number) =>
      iceConfigurationFor({ servers: [], shared }, { peer: "ann", now: now - ago * 1000 });
    await accepted(made(0));
    // A minute ago they were made for a minute.
    await refused(made(61));
    await refused(made(86_400));
  });

  await t.step("credentials of another secret are refused", async () => {
    for (const forged of await ask({ ...settings, TURN_SECRET: "south" })) await refused(forged);
  });

  await t.step("a time that the peer itself put off is refused", async () => {
    const configuration = iceConfigurationFor({ servers: [], shared }, { peer: "ann", now });
    const [server] = configuration.iceServers;
    const [end, peer] = server!.username!.split(":");
    const username = `${Number(end) + 3600}:${peer}`;
    await refused({ iceServers: [{ ...server!, username }] });
  });

  await t.step("a name without a time, and the secret itself, are refused", async () => {
    const { urls } = shared;
    await refused({ iceServers: [{ urls, username: "ann", credential: SECRET }] });
  });
});

Deno.test("coturn lets in the one user of TURN_USERNAME and TURN_CREDENTIAL", async () => {
  const user = { username: "ann", credential: "pass" };
  await using turn = await TurnServer.start([
    "realm=tincan.test",
    "lt-cred-mech",
    `user=${user.username}:${user.credential}`,
  ]);
  await using launched = await launchBrowser();
  await using site = startSignalingServer();
  const page = await openPage(launched.browser, site);
  for (const password of [user.credential, "guess"]) {
    const [told] = await ask({
      TURN_URLS: turn.urls,
      TURN_USERNAME: user.username,
      TURN_CREDENTIAL: password,
    });
    const { kinds, refusals } = await gather(page, told);
    const isRight = password === user.credential;
    assertEquals([new Set(kinds), new Set(refusals)], [
      new Set(isRight ? ["relay"] : []),
      new Set(isRight ? [] : [401]),
    ]);
  }
});

Deno.test("docs/SETTINGS.md configures coturn and Tincan so that they go together", async () => {
  const docs = await Deno.readTextFile(new URL("../../docs/SETTINGS.md", import.meta.url));
  const coturn = /^```\n(realm=.+?)\n```$/ms.exec(docs)?.[1] ?? "";
  const secret = /^TURN_SECRET=(.+)$/m.exec(docs)?.[1] ?? "";
  // Without it, everybody is let in.
  assert(coturn.includes("\nuse-auth-secret\n"), "docs/SETTINGS.md does not say how");
  await using turn = await TurnServer.start(coturn.split("\n"));
  await using launched = await launchBrowser();
  await using site = startSignalingServer();
  const page = await openPage(launched.browser, site);
  const [told] = await ask({ TURN_URLS: turn.urls, TURN_SECRET: secret });
  const { kinds, refusals } = await gather(page, told);
  assertEquals([new Set(kinds), refusals], [new Set(["relay"]), []]);
});
