import { assertEquals } from "@std/assert";
import { iceConfigurationFor } from "../../lib/server/turn_credentials.ts";

const STUN = { urls: ["stun:stun.example"] };
const TURN = { urls: ["turn:turn.example", "turns:turn.example"] };

Deno.test("iceConfigurationFor() tells everybody of the same servers where nothing is shared", () => {
  const servers = [STUN, { ...TURN, username: "u", credential: "c" }];
  for (const peer of ["a", "b"]) {
    assertEquals(iceConfigurationFor({ servers }, { peer, now: 7 }), { iceServers: servers });
  }
});

Deno.test("iceConfigurationFor() makes the credentials that openssl makes of the same words", () => {
  // printf %s NAME | openssl dgst -sha1 -hmac north -binary | base64
  const table = [
    [0, 3600, "alice", "3600:alice", "zwosny7WRc/bPmmIGPArw6hVpcY="],
    [1_753_513_600_999, 86_400, "cafe", "1753600000:cafe", "I1oLH//YP7jvuGmdN8z3yTRFQ/A="],
  ] as const;
  for (const [now, ttl, peer, username, credential] of table) {
    const ice = { servers: [STUN], shared: { ...TURN, secret: "north", ttl } };
    const { iceServers } = iceConfigurationFor(ice, { peer, now });
    assertEquals(iceServers, [STUN, { ...TURN, username, credential }]);
    assertEquals(ice.servers, [STUN]);
  }
});

Deno.test("iceConfigurationFor() never tells the secret, and names a policy where there is one", () => {
  const shared = { ...TURN, secret: "north", ttl: 60 };
  const made = iceConfigurationFor({ servers: [], shared, policy: "relay" }, { peer: "a", now: 0 });
  assertEquals(Object.keys(made).sort(), ["iceServers", "iceTransportPolicy"]);
  assertEquals(made.iceTransportPolicy, "relay");
  assertEquals(JSON.stringify(made).includes("north"), false);
});
