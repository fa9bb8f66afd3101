import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Limit, type LimitName, LIMITS } from "../../lib/protocol/limits.ts";
import { parseConfig, type SettingName, SETTINGS, type Settings } from "../../lib/server/config.ts";
import { DEFAULT_STUN_URLS } from "../../lib/server/ice_servers.ts";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";

/** Everything but whom it trusts, which is a function. */
function plain(settings: Settings): Record<string, unknown> {
  const { trustedProxies: _, ...rest } = valueOf(parseConfig(settings));
  return rest;
}

Deno.test("parseConfig() has a default for everything", () => {
  const expected = {
    port: 8000,
    hostname: "0.0.0.0",
    ice: { servers: [{ urls: [DEFAULT_STUN_URLS] }] },
    origins: { allowed: new Set(), required: false },
    limits: {
      MAX_MESSAGE_BYTES: 16_384,
      MESSAGES_PER_SECOND: 10,
      MESSAGE_BURST: 60,
      BYTES_PER_SECOND: 32_768,
      BYTE_BURST: 262_144,
      JOIN_TIMEOUT: 10,
      IDLE_TIMEOUT: 30,
      MAX_BUFFERED_BYTES: 262_144,
      ROOM_CAPACITY: 2,
      SEAT_GRACE: 30,
      MAX_ROOMS: 20_000,
      MAX_SOCKETS: 20_000,
      MAX_SOCKETS_PER_ADDRESS: 128,
      UPGRADES_PER_MINUTE: 120,
      MAX_RSS: 1_073_741_824,
    },
  };
  assertEquals(plain({}), expected);
  const empty = Object.keys(SETTINGS).filter((name) => name !== "STUN_URLS").map((name) => [
    name,
    "",
  ]);
  assertEquals(plain(Object.fromEntries(empty)), expected);
  assertEquals(valueOf(parseConfig({})).trustedProxies("127.0.0.1"), false);
});

Deno.test("parseConfig() reads every setting", () => {
  const settings: Required<Settings> = {
    PORT: "0",
    HOSTNAME: "127.0.0.1",
    ICE_SERVERS: "stun:b.example",
    STUN_URLS: " stun:a.example , stuns:[::1]:5349,",
    TURN_URLS: "turn:t.example:3478?transport=udp",
    TURN_SECRET: "north",
    TURN_TTL: "600",
    TURN_USERNAME: "",
    TURN_CREDENTIAL: "",
    ICE_TRANSPORT: "relay",
    ALLOWED_ORIGINS: "https://a.example, http://localhost:5173",
    REQUIRE_ORIGIN: "1",
    TRUSTED_PROXIES: "loopback,10.0.0.0/8",
    ROOM_CAPACITY: "8",
    MAX_MESSAGE_BYTES: "65536",
    MESSAGES_PER_SECOND: "1",
    MESSAGE_BURST: "2",
    BYTES_PER_SECOND: "3",
    BYTE_BURST: "4",
    JOIN_TIMEOUT: "30",
    IDLE_TIMEOUT: "60",
    SEAT_GRACE: "300",
    MAX_BUFFERED_BYTES: "5",
    MAX_ROOMS: "6",
    MAX_SOCKETS: "7",
    MAX_SOCKETS_PER_ADDRESS: "8",
    UPGRADES_PER_MINUTE: "9",
    MAX_RSS: "9007199254740991",
  };
  assertEquals(Object.keys(settings).sort(), Object.keys(SETTINGS).sort());
  assertEquals(plain(settings), {
    port: 0,
    hostname: "127.0.0.1",
    ice: {
      servers: [{ urls: ["stun:b.example"] }, { urls: ["stun:a.example", "stuns:[::1]:5349"] }],
      shared: { urls: ["turn:t.example:3478?transport=udp"], secret: "north", ttl: 600 },
      policy: "relay",
    },
    origins: { allowed: new Set(["https://a.example", "http://localhost:5173"]), required: true },
    limits: {
      ROOM_CAPACITY: 8,
      MAX_MESSAGE_BYTES: 65_536,
      MESSAGES_PER_SECOND: 1,
      MESSAGE_BURST: 2,
      BYTES_PER_SECOND: 3,
      BYTE_BURST: 4,
      JOIN_TIMEOUT: 30,
      IDLE_TIMEOUT: 60,
      SEAT_GRACE: 300,
      MAX_BUFFERED_BYTES: 5,
      MAX_ROOMS: 6,
      MAX_SOCKETS: 7,
      MAX_SOCKETS_PER_ADDRESS: 8,
      UPGRADES_PER_MINUTE: 9,
      MAX_RSS: Number.MAX_SAFE_INTEGER,
    },
  });
  const { trustedProxies } = valueOf(parseConfig(settings));
  assertEquals(["127.0.0.1", "10.9.9.9", "192.0.2.1"].map(trustedProxies), [true, true, false]);
});

Deno.test("parseConfig() takes 0 for the ceiling of a limit, or for no limit where there is none", () => {
  const names = Object.keys(LIMITS) as LimitName[];
  const { limits } = valueOf(parseConfig(Object.fromEntries(names.map((name) => [name, "0"]))));
  for (const name of names) {
    const limit: Limit = LIMITS[name];
    assertEquals(limits[name], limit.ceiling ?? Infinity, name);
  }
  assertEquals([limits.MAX_MESSAGE_BYTES, limits.JOIN_TIMEOUT, limits.ROOM_CAPACITY], [
    65536,
    30,
    8,
  ]);
});

Deno.test("parseConfig() passes no ceiling, and takes it itself", () => {
  for (const name of Object.keys(LIMITS) as LimitName[]) {
    const { ceiling }: Limit = LIMITS[name];
    const most = ceiling ?? Number.MAX_SAFE_INTEGER;
    assertEquals(valueOf(parseConfig({ [name]: String(most) })).limits[name], most, name);
    const above = reasonOf(parseConfig({ [name]: String(BigInt(most) + 1n) }), name);
    assertMatch(above, new RegExp(`"${name}" must be [012]-${most}`));
  }
});

Deno.test("parseConfig() says in one line what was wrong and what must be", () => {
  const table: [Settings, RegExp][] = [
    [{ PORT: "http" }, /^Cannot start server as "PORT" must be 0-65535: current value is "http"$/],
    [{ PORT: "65536" }, /"PORT" must be 0-65535: current value is "65536"$/],
    [{ PORT: "-1" }, /"PORT"/],
    [{ PORT: "1e3" }, /"PORT"/],
    [{ PORT: "80.5" }, /"PORT"/],
    [{ PORT: " 80" }, /"PORT"/],
    [{ PORT: "0x50" }, /"PORT"/],
    [{ PORT: "٣" }, /"PORT"/],
    [{ PORT: "8\n0" }, /"PORT" must be 0-65535: current value is "8\\n0"$/],
    [{ ROOM_CAPACITY: "1" }, /"ROOM_CAPACITY" must be 2-8/],
    [{ ROOM_CAPACITY: "9" }, /"ROOM_CAPACITY" must be 2-8/],
    [{ MAX_MESSAGE_BYTES: "65537" }, /"MAX_MESSAGE_BYTES" must be [01]-65536/],
    [{ JOIN_TIMEOUT: "31" }, /"JOIN_TIMEOUT" must be [01]-30/],
    [{ IDLE_TIMEOUT: "61" }, /"IDLE_TIMEOUT" must be [01]-60/],
    [{ SEAT_GRACE: "301" }, /"SEAT_GRACE" must be [01]-300/],
    [{ SEAT_GRACE: "30s" }, /"SEAT_GRACE".*"30s"$/],
    [{ MAX_RSS: "1GiB" }, /"MAX_RSS".*current value is "1GiB"$/],
    [{ MAX_RSS: "9007199254740993" }, /"MAX_RSS"/],
    [{ REQUIRE_ORIGIN: "yes" }, /"REQUIRE_ORIGIN" must be 0-1: current value is "yes"$/],
    [{ REQUIRE_ORIGIN: "2" }, /"REQUIRE_ORIGIN" must be 0-1/],
    [{ ALLOWED_ORIGINS: "chat.example" }, /"ALLOWED_ORIGINS" must be \* or .* "chat\.example"$/],
    [{ ALLOWED_ORIGINS: "https://a.example/" }, /current value is "https:\/\/a\.example\/"$/],
    [{ TRUSTED_PROXIES: "nginx" }, /"TRUSTED_PROXIES" must be addresses, .* "nginx"$/],
    [{ TRUSTED_PROXIES: "10.0.0.0/33" }, /current value is "10\.0\.0\.0\/33"$/],
    [{ STUN_URLS: "stun.example" }, /"STUN_URLS" must be URLs like .* "stun.example"$/],
    [{ STUN_URLS: "stun:ok.example,turn:x" }, /current value is "turn:x"$/],
    [{ STUN_URLS: "stun:a b" }, /"STUN_URLS"/],
    [{ TURN_TTL: "59" }, /"TURN_TTL" must be 60-86400: current value is "59"$/],
    [{ TURN_TTL: "86401" }, /"TURN_TTL" must be 60-86400/],
    [{ TURN_URLS: "turn:t" }, /"TURN_SECRET" must be set/],
    [{ ICE_TRANSPORT: "relay" }, /"ICE_TRANSPORT" must be all where .* value is "relay"$/],
    [{ STUN_URLS: "stun:a\nb" }, /"STUN_URLS".*"stun:a\\nb"$/],
  ];
  for (const [settings, reason] of table) {
    const said = reasonOf(parseConfig(settings), JSON.stringify(settings));
    assertMatch(said, reason);
    assertMatch(said, /^Cannot start server as "/);
    assertEquals(said.split("\n").length, 1);
  }
});

Deno.test("parseConfig() refuses a bad value of every number, by its name", () => {
  for (
    const name of ["PORT", "TURN_TTL", "REQUIRE_ORIGIN", ...Object.keys(LIMITS)] as SettingName[]
  ) {
    for (const value of ["-1", "1.5", "NaN", "Infinity", "ten", " 1", "1 ", "+1", "1_000"]) {
      const said = reasonOf(parseConfig({ [name]: value }), name);
      assert(said.startsWith(`Cannot start server as "${name}" must be `), said);
      assert(said.endsWith(`: current value is ${JSON.stringify(value)}`), said);
    }
  }
});

Deno.test("parseConfig() takes an empty STUN list for none", () => {
  assertEquals(valueOf(parseConfig({ STUN_URLS: "" })).ice, { servers: [] });
  assertEquals(valueOf(parseConfig({ STUN_URLS: " , " })).ice, { servers: [] });
});

Deno.test("SETTINGS says of every limit what it is unless it is set, and its ceiling", () => {
  for (const [name, limit] of Object.entries(LIMITS)) {
    const meaning = SETTINGS[name as SettingName];
    assert(meaning.endsWith(`(${limit.default})`), `${name}: ${meaning}`);
    if ("ceiling" in limit) assertMatch(meaning, new RegExp(`(most|to) ${limit.ceiling} `), name);
  }
  for (const meaning of Object.values(SETTINGS)) assert(!meaning.includes("\n"), meaning);
});
