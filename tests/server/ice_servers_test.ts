import { assert, assertEquals, assertMatch } from "@std/assert";
import { DEFAULT_STUN_URLS, type IceSettings, parseIce } from "../../lib/server/ice_servers.ts";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";

const STUN = { urls: ["stun:a"] };
const USER = { TURN_USERNAME: "ann", TURN_CREDENTIAL: "pass" };
const SECRET = { TURN_SECRET: "north" };
const shared = (...urls: string[]) => ({ urls, secret: "north", ttl: 600 });
const known = (...urls: string[]) => ({ urls, username: "ann", credential: "pass" });

Deno.test("parseIce() puts together the servers of every setting", () => {
  const both = JSON.stringify([
    { urls: "stun:x" },
    { urls: ["turn:y", "turns:y?transport=tcp"], username: "u", credential: "c", other: 1 },
    { urls: ["stun:z", "turn:z"] },
  ]);
  const own = { urls: ["turn:y", "turns:y?transport=tcp"], username: "u", credential: "c" };
  const table: [IceSettings, ReturnType<typeof valueOf>][] = [
    [{}, { servers: [{ urls: [DEFAULT_STUN_URLS] }] }],
    [{ STUN_URLS: "" }, { servers: [] }],
    [{ STUN_URLS: "stun:a,stuns:b" }, { servers: [{ urls: ["stun:a", "stuns:b"] }] }],
    [{ STUN_URLS: "stun:a", TURN_URLS: "turn:t,turns:t", ...SECRET }, {
      servers: [STUN],
      shared: shared("turn:t", "turns:t"),
    }],
    [{ STUN_URLS: "stun:a", TURN_URLS: "turn:t", ...USER }, { servers: [STUN, known("turn:t")] }],
    // The default of STUN_URLS is for whoever names nothing.
    [{ ICE_SERVERS: "[]" }, { servers: [] }],
    [{ ICE_SERVERS: "stun:x" }, { servers: [{ urls: ["stun:x"] }] }],
    [{ ICE_SERVERS: "stun:x", STUN_URLS: "stun:a" }, { servers: [{ urls: ["stun:x"] }, STUN] }],
    [{ ICE_SERVERS: "turn:x, stun:y ,turns:z?transport=tcp", ...SECRET }, {
      servers: [{ urls: ["stun:y"] }],
      shared: shared("turn:x", "turns:z?transport=tcp"),
    }],
    [{ ICE_SERVERS: "turn:x", TURN_URLS: "turn:t", ...SECRET }, {
      servers: [],
      shared: shared("turn:x", "turn:t"),
    }],
    [{ ICE_SERVERS: "turn:x", TURN_URLS: "turn:t", ...USER }, {
      servers: [known("turn:x", "turn:t")],
    }],
    [{ ICE_SERVERS: ` ${both}\n`, TURN_URLS: "turn:t", ...SECRET }, {
      servers: [{ urls: ["stun:x"] }, own, { urls: ["stun:z"] }],
      shared: shared("turn:z", "turn:t"),
    }],
    [{ ICE_SERVERS: '[{"urls":"turn:y","username":"u","credential":"c"}]' }, {
      servers: [{ urls: ["turn:y"], username: "u", credential: "c" }],
    }],
    [{ STUN_URLS: "stun:a", ICE_TRANSPORT: "all" }, { servers: [STUN] }],
  ];
  for (const [settings, expected] of table) {
    assertEquals<unknown>(valueOf(parseIce(settings, 600)), expected, JSON.stringify(settings));
  }
});

Deno.test("parseIce() asks for relayed paths alone, and for no public server, of ICE_TRANSPORT=relay", () => {
  const relay = { ICE_TRANSPORT: "relay" };
  const own = '[{"urls":"turn:y","username":"u","credential":"c"}]';
  const table: [IceSettings, unknown][] = [
    [{ TURN_URLS: "turn:t", ...SECRET }, { servers: [], shared: shared("turn:t") }],
    [{ TURN_URLS: "turn:t", ...USER }, { servers: [known("turn:t")] }],
    [{ TURN_URLS: "turn:t", STUN_URLS: "stun:a", ...USER }, { servers: [STUN, known("turn:t")] }],
    [{ ICE_SERVERS: own }, { servers: [{ urls: ["turn:y"], username: "u", credential: "c" }] }],
  ];
  for (const [settings, expected] of table) {
    const ice = valueOf(parseIce({ ...settings, ...relay }, 600));
    assertEquals<unknown>(ice, { ...expected as object, policy: "relay" });
  }
});

Deno.test("parseIce() says of what setting, what is wrong, and what must be", () => {
  const table: [IceSettings, RegExp][] = [
    [{ ICE_SERVERS: "turn.example" }, /^"ICE_SERVERS" must be URLs like .*"turn\.example"$/],
    [{ ICE_SERVERS: "stun:a,http://b" }, /^"ICE_SERVERS" .* current value is "http:\/\/b"$/],
    [{ ICE_SERVERS: "[" }, /^"ICE_SERVERS" must be URLs, or a JSON list: it is not$/],
    [{ ICE_SERVERS: '{"urls":"stun:a"}' }, /^"ICE_SERVERS" must be URLs, or a JSON list/],
    [{ ICE_SERVERS: '\'[{"urls":"stun:a"}]\'' }, /^"ICE_SERVERS" must be URLs, or a JSON list/],
    [{ ICE_SERVERS: '["stun:a"]' }, /^"ICE_SERVERS" must list objects like .*: one is not$/],
    [{ ICE_SERVERS: "[{}]" }, /^"ICE_SERVERS" must list objects with "urls".*: one has none$/],
    [{ ICE_SERVERS: '[{"url":"stun:a"}]' }, /^"ICE_SERVERS" must list objects with "urls"/],
    [{ ICE_SERVERS: '[{"urls":[]}]' }, /^"ICE_SERVERS" must list objects with "urls"/],
    [{ ICE_SERVERS: '[{"urls":["stun:a",1]}]' }, /^"ICE_SERVERS" must list objects with "urls"/],
    [{ ICE_SERVERS: '[{"urls":"stun:"}]' }, /^"ICE_SERVERS" must be URLs .* value is "stun:"$/],
    [{ ICE_SERVERS: '[{"urls":"turn:y","username":"u"}]' }, /must give "username" and "cred/],
    [{ ICE_SERVERS: '[{"urls":"turn:y","credential":"c"}]' }, /or neither: .* is "turn:y"$/],
    [{ ICE_SERVERS: '[{"urls":"turn:y","username":"u","credential":{}}]' }, /or neither/],
    [{ ICE_SERVERS: '[{"urls":"turn:y","username":"","credential":"c"}]' }, /or neither/],
    [{ ICE_SERVERS: "turn:y" }, /^"TURN_SECRET" must be set, or TURN_USERNAME .* for turn:y$/],
    [{ ICE_SERVERS: '[{"urls":"turn:y"}]' }, /^"TURN_SECRET" must be set, or TURN_USERNAME/],
    [{ STUN_URLS: "turn:a", ...SECRET }, /^"STUN_URLS" must be URLs like stun:/],
    [{ TURN_URLS: "stun:a" }, /^"TURN_URLS" must be URLs like turn:.* current value is "stun:a"$/],
    [{ TURN_URLS: "turn:t" }, /^"TURN_SECRET" must be set, or .*TURN_CREDENTIAL, for turn:t$/],
    [{ TURN_URLS: "turn:t", ...SECRET, ...USER }, /^"TURN_SECRET" must not be .*"TURN_USERNAME"/],
    [
      { TURN_URLS: "turn:t", ...SECRET, TURN_CREDENTIAL: "c" },
      /^"TURN_SECRET" must not be set together with "TURN_CREDENTIAL"/,
    ],
    [{ TURN_URLS: "turn:t", TURN_USERNAME: "ann" }, /^"TURN_CREDENTIAL" must be set where/],
    [{ TURN_URLS: "turn:t", TURN_CREDENTIAL: "c" }, /^"TURN_USERNAME" must be set where/],
    [{ ...SECRET }, /^"TURN_URLS" must name a TURN server where TURN_SECRET is set/],
    [{ ...USER }, /^"TURN_URLS" must name a TURN server where TURN_USERNAME is set/],
    [{ ICE_TRANSPORT: "udp" }, /^"ICE_TRANSPORT" must be all or relay: current value is "udp"$/],
    [{ ICE_TRANSPORT: "Relay" }, /^"ICE_TRANSPORT" must be all or relay/],
    [{ ICE_TRANSPORT: "relay" }, /^"ICE_TRANSPORT" must be all where .* current value is "relay"$/],
    [{ ICE_TRANSPORT: "relay", STUN_URLS: "stun:a" }, /^"ICE_TRANSPORT" must be all where/],
  ];
  for (const [settings, reason] of table) {
    const said = reasonOf(parseIce(settings, 600), JSON.stringify(settings));
    assertMatch(said, reason);
    assertEquals(said.split("\n").length, 1);
  }
});

Deno.test("parseIce() tells no secret in a reason", () => {
  const S = "s3cret";
  const table: IceSettings[] = [
    { TURN_SECRET: S },
    { TURN_CREDENTIAL: S },
    { TURN_USERNAME: "ann", TURN_CREDENTIAL: S },
    { TURN_URLS: "turn:t", TURN_SECRET: S, TURN_USERNAME: "ann", TURN_CREDENTIAL: S },
    { TURN_URLS: `turn:ann:${S}@t` },
    { ICE_SERVERS: `turn:ann:${S}@t`, TURN_SECRET: S },
    { ICE_SERVERS: `[{"credential":"${S}","urls":"turn:t"` },
    { ICE_SERVERS: `'[{"credential":"${S}","urls":"turn:t"}]'` },
    { ICE_SERVERS: `{credential:'${S}'}` },
    { ICE_SERVERS: `[{"credential":"${S}","urls":"turn:t"}]` },
    { ICE_SERVERS: `[{"credential":"${S}","username":"u"}]` },
    { ICE_SERVERS: `[{"credential":"${S}","username":"u","urls":"x"}]` },
    { ICE_SERVERS: `["${S}"]` },
  ];
  for (const settings of table) {
    const said = reasonOf(parseIce(settings, 600), JSON.stringify(settings));
    assert(!said.includes(S), said);
  }
});
