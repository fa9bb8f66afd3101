import { assertEquals } from "@std/assert";
import { BlobRoom } from "../../lib/client/files/blob_sink.ts";
import type { EndReason, Parcel, Transfer } from "../../lib/client/files/transfer.ts";
import { textOf } from "../../lib/locales/locales.ts";
import { say, sayBriefly } from "../../islands/room/files/sentences.ts";
import { waitingIn } from "../../islands/room/files/waiting.ts";

const text = textOf("en", "common", "room", "chat", "invite", "files");

const OFFERED: Transfer = {
  person: "bob",
  state: "offered",
  bytes: 0,
  rate: 0,
  secondsLeft: undefined,
  isPausedByUs: false,
  isPausedByThem: false,
  by: undefined,
  reason: undefined,
};

Deno.test("waitingIn() finds what can be accepted without a question", () => {
  const parcelOf = (id: string, more: Partial<Parcel> = {}): Parcel => ({
    id,
    name: id,
    size: 1,
    type: "text/plain",
    direction: "in",
    isWithdrawn: false,
    content: undefined,
    transfers: [OFFERED],
    ...more,
  });
  const big = 100 * 1024 * 1024;
  const parcels = new Map(
    [
      parcelOf("first"),
      parcelOf("ours", { direction: "out" }),
      parcelOf("big", { size: big }),
      parcelOf("declined", { transfers: [{ ...OFFERED, state: "rejected" }] }),
      parcelOf("huge", { size: 10 * big }),
      parcelOf("last"),
    ].map((parcel) => [parcel.id, parcel]),
  );
  const pick = () => Promise.reject();
  const shelf = { create: () => Promise.reject() };
  const memory = new BlobRoom();
  assertEquals(waitingIn(parcels, { memory }), ["first", "big", "last"]);
  assertEquals(waitingIn(parcels, { memory, pick }), ["first", "last"]);
  assertEquals(waitingIn(parcels, { memory, shelf }), ["first", "big", "huge", "last"]);
});

const INCOMING = { direction: "in", size: 100, content: undefined } as const;
const OUTGOING = { direction: "out", size: 100, content: undefined } as const;

Deno.test("say() tells as news what ends or holds a file, and nothing else", () => {
  const passing = ["offered", "waiting", "moving", "verifying"] as const;
  for (const subject of [INCOMING, OUTGOING]) {
    for (const state of passing) {
      assertEquals(say({ ...OFFERED, state }, subject, text).news, undefined, state);
    }
    for (const state of ["paused", "stalled", "done", "rejected", "cancelled", "failed"] as const) {
      const { news } = say({ ...OFFERED, state, reason: "left" }, subject, text);
      assertEquals(typeof news, "string", state);
    }
  }
});

Deno.test("say() tells from where a file goes on", () => {
  const stalled = { ...OFFERED, state: "stalled", bytes: 43 } as const;
  assertEquals(say(stalled, INCOMING, text), {
    news: "Connection lost.",
    now: "It goes on from 43% when you are back in touch.",
  });
  assertEquals(say({ ...stalled, bytes: 0 }, INCOMING, text), {
    news: "Connection lost.",
    now: "It begins when you are back in touch.",
  });
});

Deno.test("say() tells who holds a file", () => {
  const paused = { ...OFFERED, state: "paused" } as const;
  const newsOf = (transfer: Transfer) => say(transfer, INCOMING, text).news;
  assertEquals(newsOf({ ...paused, isPausedByUs: true }), "You paused it.");
  assertEquals(newsOf({ ...paused, isPausedByThem: true }), "The other side paused it.");
  assertEquals(
    newsOf({ ...paused, isPausedByUs: true, isPausedByThem: true }),
    "You both paused it.",
  );
});

Deno.test("say() tells where a file is that came", () => {
  const done = { ...OFFERED, state: "done" } as const;
  assertEquals(say(done, { ...INCOMING, content: new Blob() }, text).news, "It arrived whole.");
  assertEquals(say(done, INCOMING, text).news, "Saved where you chose.");
  assertEquals(say(done, OUTGOING, text).news, "They have it, whole.");
});

Deno.test("say() has a sentence of its own for each reason, in both directions", () => {
  const reasons: Exclude<EndReason, "cancelled">[] = [
    "unreadable",
    "unwritable",
    "disk-full",
    "too-big",
    "mismatch",
    "gone",
    "left",
  ];
  const sentences = [INCOMING, OUTGOING].flatMap((subject) =>
    reasons.map((reason) => say({ ...OFFERED, state: "failed", reason }, subject, text).news)
  );
  assertEquals(new Set(sentences).size, 2 * reasons.length);
  assertEquals(sentences.includes(undefined), false);
});

Deno.test("say() tells who cancelled a file", () => {
  const cancelled = { ...OFFERED, state: "cancelled", reason: "cancelled" } as const;
  const newsOf = (by: "us" | "them") => say({ ...cancelled, by }, INCOMING, text).news;
  assertEquals(newsOf("us"), "You cancelled it.");
  assertEquals(newsOf("them"), "They took it back. Ask them if you still want it.");
});

Deno.test("sayBriefly() says of one of several how it is, and why it failed", () => {
  assertEquals(sayBriefly({ ...OFFERED, state: "done" }, text), "has it");
  assertEquals(
    sayBriefly({ ...OFFERED, state: "failed", by: "them", reason: "left" }, text),
    "They left before they had all of it.",
  );
});
