import { assert, assertEquals } from "@std/assert";
import { parseFileFrame } from "../../lib/protocol/file_frames.ts";

const id = "01J0000000000000000000000A";
const sha256 = "0123456789abcdef".repeat(4);

Deno.test("parseFileFrame() reads every frame", () => {
  const table = [
    { t: "file-offer", id, at: 5, name: "a.png", size: 0, type: "image/png" },
    { t: "file-offer", id, at: 5, name: "a", size: Number.MAX_SAFE_INTEGER, type: "image/png" },
    { t: "file-accept", id, offset: 0, mark: 1 },
    { t: "file-accept", id, offset: 2 ** 40, mark: 0xffff_ffff },
    { t: "file-reject", id },
    ...["cancelled", "unreadable", "unwritable", "disk-full", "too-big", "mismatch", "gone"]
      .map((reason) => ({ t: "file-cancel", id, reason })),
    { t: "file-pause", id, on: true },
    { t: "file-got", id, offset: 262_144 },
    { t: "file-end", id, sha256 },
    { t: "file-done", id },
    { t: "file-ask", id },
  ];
  for (const frame of table) {
    assertEquals<unknown>(parseFileFrame({ ...frame, x: 1 }), { ok: true, value: frame });
  }
});

Deno.test("parseFileFrame() makes names and types harmless", () => {
  const offer = { t: "file-offer", id, at: 5, name: "../\u202ecod.exe", size: 1, type: "<script>" };
  assertEquals<unknown>(parseFileFrame(offer), {
    ok: true,
    value: { ...offer, name: "cod.exe", type: "application/octet-stream" },
  });
});

Deno.test("parseFileFrame() takes a reason of a later version for a cancel", () => {
  for (const reason of ["bored", 7, null, undefined, "toString"]) {
    assertEquals<unknown>(parseFileFrame({ t: "file-cancel", id, reason }), {
      ok: true,
      value: { t: "file-cancel", id, reason: "cancelled" },
    });
  }
});

Deno.test("parseFileFrame() refuses what is no frame", () => {
  const offer = { t: "file-offer", id, at: 5, name: "a", size: 1, type: "" };
  for (
    const frame of [
      {},
      { t: "file-shout", id },
      { t: "file-done" },
      { t: "file-done", id: "" },
      { t: "file-done", id: "x".repeat(65) },
      { t: "file-done", id: 5 },
      { ...offer, at: "now" },
      { ...offer, at: 1e300 },
      { ...offer, name: 5 },
      { ...offer, type: null },
      { ...offer, size: -1 },
      { ...offer, size: 1.5 },
      { ...offer, size: 2 ** 53 },
      { ...offer, size: "1" },
      { t: "file-accept", id, mark: 1 },
      { t: "file-accept", id, offset: -1, mark: 1 },
      { t: "file-accept", id, offset: 0 },
      { t: "file-accept", id, offset: 0, mark: 0 },
      { t: "file-accept", id, offset: 0, mark: 2 ** 32 },
      { t: "file-accept", id, offset: NaN, mark: 1 },
      { t: "file-got", id, offset: "1" },
      { t: "file-pause", id },
      { t: "file-end", id, sha256: sha256.toUpperCase() },
      { t: "file-end", id, sha256: sha256.slice(1) },
    ]
  ) assert(!parseFileFrame(frame).ok, JSON.stringify(frame));
});
