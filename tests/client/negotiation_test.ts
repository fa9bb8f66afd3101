import { assertEquals } from "@std/assert";
import { type Decision, type NegotiationState } from "../../lib/client/negotiation.ts";
import { receiveDescription } from "../../lib/client/negotiation.ts";

const STATES: RTCSignalingState[] = [
  "stable",
  "have-local-offer",
  "have-remote-offer",
  "have-local-pranswer",
  "have-remote-pranswer",
  "closed",
];

/** Every state of a connection of one kind: 6 signaling states, with and without the two flags. */
function every(polite: boolean): NegotiationState[] {
  const flags = [false, true];
  return STATES.flatMap((signalingState) =>
    flags.flatMap((makingOffer) =>
      flags.map((isSettingRemoteAnswerPending) => ({
        polite,
        makingOffer,
        isSettingRemoteAnswerPending,
        signalingState,
      }))
    )
  );
}

/** Decides about all states, and answers with those in which the decision was `wanted`. */
function statesOf(wanted: Decision, polite: boolean, type: "offer" | "answer"): string[] {
  return every(polite)
    .filter((state) => receiveDescription(state, type) === wanted)
    .map(({ signalingState, makingOffer, isSettingRemoteAnswerPending }) =>
      [
        signalingState,
        makingOffer && "making",
        isSettingRemoteAnswerPending && "pending",
      ].filter(Boolean).join(" ")
    );
}

/** The states in which an offer meets nothing of ours. */
const READY = [
  "stable",
  "stable pending",
  "have-local-offer pending",
  "have-remote-offer pending",
  "have-local-pranswer pending",
  "have-remote-pranswer pending",
];

Deno.test("receiveDescription() applies an offer that meets none of ours", () => {
  assertEquals(statesOf("apply", false, "offer"), READY);
});

Deno.test("receiveDescription() ignores a colliding offer when impolite", () => {
  assertEquals(statesOf("roll-back", false, "offer"), []);
  assertEquals(statesOf("ignore", false, "offer").length, 24 - READY.length);
});

Deno.test("receiveDescription() rolls its own offer back for a colliding one when polite", () => {
  assertEquals(statesOf("roll-back", true, "offer"), [
    "have-local-offer",
    "have-local-offer making",
    "have-local-offer making pending",
  ]);
});

Deno.test("receiveDescription() applies every other offer when polite, unless closed", () => {
  assertEquals(statesOf("ignore", true, "offer"), [
    "closed",
    "closed pending",
    "closed making",
    "closed making pending",
  ]);
  assertEquals(statesOf("apply", true, "offer").length, 24 - 4 - 3);
});

Deno.test("receiveDescription() applies an answer only while an offer of ours is open", () => {
  for (const polite of [true, false]) {
    assertEquals(statesOf("apply", polite, "answer"), [
      "have-local-offer",
      "have-local-offer pending",
      "have-local-offer making",
      "have-local-offer making pending",
    ]);
    assertEquals(statesOf("roll-back", polite, "answer"), []);
  }
});
