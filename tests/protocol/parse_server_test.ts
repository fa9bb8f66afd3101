import { assert, assertEquals } from "@std/assert";
import { parseServerMessage } from "../../lib/protocol/parse_server.ts";
import { valueOf } from "../fakes/unwrap.ts";

const CANDIDATE = { candidate: "candidate:1 1 udp 1 10.0.0.1 1 typ host", sdpMid: "0" };

Deno.test("parseServerMessage() reads every message of the server", () => {
  const table = [
    {
      type: "welcome",
      peer: "me",
      room: "lobby",
      capacity: 2,
      peers: [{ peer: "you", version: 1, state: "away" }],
      seat: 0,
      resume: "token",
      iceServers: [{ urls: ["turn:x"], username: "u", credential: "c" }, { urls: ["stun:y"] }],
      heartbeat: { interval: 10, timeout: 5 },
      limits: { MAX_MESSAGE_BYTES: 1 },
    },
    { type: "ice-servers", iceServers: [{ urls: ["stun:y"] }] },
    { type: "ice-servers", iceServers: [], iceTransportPolicy: "relay" },
    { type: "peer-joined", peer: "you", version: 2 },
    { type: "peer-away", peer: "you" },
    { type: "peer-back", peer: "you" },
    { type: "peer-left", peer: "you", reason: "replaced" },
    { type: "offer", sdp: "x", from: "you" },
    { type: "candidate", candidate: null, from: "you" },
    { type: "candidate", candidate: CANDIDATE, from: "you" },
    { type: "leave", from: "you" },
    { type: "ping", t: 2 },
    { type: "pong", t: 3 },
    { type: "error", code: "room-full", message: "m", retryAfter: 3 },
  ];
  for (const message of table) {
    const parsed = parseServerMessage(JSON.stringify(message));
    assertEquals<unknown>(valueOf(parsed), message);
  }
});

Deno.test("parseServerMessage() makes an object of a version 1 peer's candidate line", () => {
  const parsed = parseServerMessage('{"type":"candidate","candidate":"candidate:1","from":"you"}');
  assertEquals<unknown>(parsed, {
    ok: true,
    value: {
      type: "candidate",
      candidate: { candidate: "candidate:1", sdpMLineIndex: 0 },
      from: "you",
    },
  });
});

const WELCOME = {
  type: "welcome",
  peer: "me",
  room: "lobby",
  peers: [{ peer: "you" }, { peer: "they" }],
  iceServers: [],
  heartbeat: { interval: 10, timeout: 5 },
};

Deno.test("parseServerMessage() takes the last seat where the server names none that can be", () => {
  for (
    const [seat, expected] of [[0, 0], [1, 1], [2, 2], [3, 2], [-1, 2], [0.5, 2], ["1", 2], [
      undefined,
      2,
    ]]
  ) {
    const parsed = valueOf(parseServerMessage(JSON.stringify({ ...WELCOME, seat })));
    assertEquals([seat, parsed.type === "welcome" && parsed.seat], [seat, expected]);
  }
});

Deno.test("parseServerMessage() knows one ICE transport policy, and takes none of another name", () => {
  for (const iceTransportPolicy of ["relay", "all", "public", 1, null]) {
    for (const message of [WELCOME, { type: "ice-servers", iceServers: [] }]) {
      const parsed = valueOf(
        parseServerMessage(JSON.stringify({ ...message, iceTransportPolicy })),
      );
      const read = "iceTransportPolicy" in parsed ? parsed.iceTransportPolicy : undefined;
      assertEquals(read, iceTransportPolicy === "relay" ? "relay" : undefined);
    }
  }
});

Deno.test("parseServerMessage() refuses what no server sends", () => {
  for (
    const text of [
      '{"type":"join"}',
      '{"type":"offer","sdp":"x"}',
      '{"type":"offer","from":"a"}',
      '{"type":"welcome","peer":"a"}',
      '{"type":"ice-servers"}',
      '{"type":"ice-servers","iceServers":{}}',
      '{"type":"ice-servers","iceServers":["stun:x"]}',
      '{"type":"ice-servers","iceServers":[{"urls":[1]}]}',
      '{"type":"peer-joined"}',
      '{"type":"candidate","from":"a"}',
      '{"type":"ping"}',
      '{"type":"pong"}',
    ]
  ) assert(!parseServerMessage(text).ok, text);
});
