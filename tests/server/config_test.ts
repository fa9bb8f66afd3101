import { assertEquals, assertMatch } from "@std/assert";
import { parseConfig, SETTINGS, type Settings } from "../../lib/server/config.ts";
import { DEFAULT_STUN_URLS } from "../../lib/server/ice_servers.ts";
import { reasonOf, valueOf } from "../fakes/unwrap.ts";

Deno.test("parseConfig() has a default for everything", () => {
  assertEquals(valueOf(parseConfig({})), {
    port: 8000,
    hostname: "0.0.0.0",
    iceServers: [{ urls: [DEFAULT_STUN_URLS] }],
    roomCapacity: 2,
    maxMessageBytes: 16384,
    joinTimeout: 10,
    idleTimeout: 30,
  });
});

Deno.test("parseConfig() reads every setting", () => {
  const settings: Required<Settings> = {
    PORT: "0",
    HOSTNAME: "127.0.0.1",
    STUN_URLS: " stun:a.example , stuns:[::1]:5349,",
    ROOM_CAPACITY: "8",
    MAX_MESSAGE_BYTES: "65536",
    JOIN_TIMEOUT: "30",
    IDLE_TIMEOUT: "60",
  };
  assertEquals(Object.keys(settings), Object.keys(SETTINGS));
  assertEquals(valueOf(parseConfig(settings)), {
    port: 0,
    hostname: "127.0.0.1",
    iceServers: [{ urls: ["stun:a.example", "stuns:[::1]:5349"] }],
    roomCapacity: 8,
    maxMessageBytes: 65536,
    joinTimeout: 30,
    idleTimeout: 60,
  });
});

Deno.test("parseConfig() takes 0 for the ceiling of a limit, and an empty STUN list for none", () => {
  const config = valueOf(
    parseConfig({ MAX_MESSAGE_BYTES: "0", JOIN_TIMEOUT: "0", IDLE_TIMEOUT: "0", STUN_URLS: "" }),
  );
  assertEquals(config.maxMessageBytes, 65536);
  assertEquals(config.joinTimeout, 30);
  assertEquals(config.idleTimeout, 60);
  assertEquals(config.iceServers, []);
});

Deno.test("parseConfig() says in one line what was wrong and what must be", () => {
  const table: [Settings, RegExp][] = [
    [
      { PORT: "http" },
      /^Cannot start server as "PORT" must be 0-65535: current value is "http"$/,
    ],
    [{ PORT: "65536" }, /"PORT" must be 0-65535: current value is "65536"$/],
    [{ PORT: "-1" }, /"PORT"/],
    [{ PORT: "1e3" }, /"PORT"/],
    [{ PORT: "80.5" }, /"PORT"/],
    [{ PORT: " 80" }, /"PORT"/],
    [{ ROOM_CAPACITY: "1" }, /"ROOM_CAPACITY" must be 2-8/],
    [{ ROOM_CAPACITY: "9" }, /"ROOM_CAPACITY" must be 2-8/],
    [{ MAX_MESSAGE_BYTES: "65537" }, /"MAX_MESSAGE_BYTES" must be 0-65536/],
    [{ JOIN_TIMEOUT: "31" }, /"JOIN_TIMEOUT" must be 0-30/],
    [{ IDLE_TIMEOUT: "61" }, /"IDLE_TIMEOUT" must be 0-60/],
    [{ STUN_URLS: "stun.example" }, /"STUN_URLS" must be URLs like .* "stun.example"$/],
    [{ STUN_URLS: "stun:ok.example,turn:x" }, /current value is "turn:x"$/],
    [{ STUN_URLS: "stun:a b" }, /"STUN_URLS"/],
  ];
  for (const [settings, reason] of table) {
    const said = reasonOf(parseConfig(settings), JSON.stringify(settings));
    assertMatch(said, reason);
    assertEquals(said.split("\n").length, 1);
  }
});
