import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { BlobRoom, BlobSink, MAX_BLOB_BYTES } from "../../../lib/client/files/blob_sink.ts";
import { chooseSink, SMALL_BYTES } from "../../../lib/client/files/choose_sink.ts";
import { DiskSink } from "../../../lib/client/files/disk_sink.ts";
import { reasonOf, SinkError } from "../../../lib/client/files/sink.ts";
import { bytesOf, makeFile } from "../../fakes/files_content.ts";
import { FakeDiskFile } from "../../fakes/files_disk.ts";

const MIB = 1024 * 1024;
const makeBlobSink = (type: string, size = 8 * MIB) => new BlobRoom().open({ size, type })!;
const full = new DOMException("", "QuotaExceededError");

/** Writes all of `bytes`, part by part. */
async function writeAll(sink: BlobSink | DiskSink, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let i = 0; i < bytes.length; i += 100_000) await sink.write(bytes.slice(i, i + 100_000));
}

function asDisk(sink: unknown): DiskSink {
  if (sink instanceof DiskSink) return sink;
  throw new Error("It should be on a disk");
}

Deno.test("BlobSink makes a Blob of the parts, which can be dropped", async () => {
  const { bytes } = makeFile(3 * MIB + 5);
  const sink = makeBlobSink("image/png");
  await writeAll(sink, bytes);
  const received = await sink.close();
  assertEquals(await bytesOf(received.content), bytes);
  assertEquals(received.content?.type, "image/png");
  await received.dispose();
  assertEquals(received.content, undefined);
});

Deno.test("BlobSink makes a Blob of parts of any size, and of less than was announced", async () => {
  const { bytes } = makeFile(2 * MIB + 77);
  for (const step of [1, 1_000, MIB, 3 * MIB]) {
    const part = step === 1 ? bytes.subarray(0, 5_000) : bytes;
    const sink = makeBlobSink("");
    for (let i = 0; i < part.length; i += step) await sink.write(part.slice(i, i + step));
    assertEquals(await bytesOf((await sink.close()).content), part.slice());
  }
});

Deno.test("BlobSink makes an empty Blob of nothing", async () => {
  const { content } = await makeBlobSink("").close();
  assertEquals([content?.size, content?.type], [0, "application/octet-stream"]);
});

Deno.test("BlobSink gives no type to what would run as a page of ours", async () => {
  for (
    const [type, expected] of [
      ["image/jpeg", "image/jpeg"],
      ["video/mp4", "video/mp4"],
      ["audio/ogg", "audio/ogg"],
      ["image/svg+xml", "application/octet-stream"],
      ["text/html", "application/octet-stream"],
      ["application/xhtml+xml", "application/octet-stream"],
      ["application/pdf", "application/octet-stream"],
    ] as const
  ) assertEquals((await makeBlobSink(type).close()).content?.type, expected);
});

Deno.test("BlobSink takes no more than there is room for", async () => {
  const sink = makeBlobSink("", 10);
  await sink.write(new Uint8Array(10));
  const error = await assertRejects(() => sink.write(new Uint8Array(1)), SinkError);
  assertEquals(error.reason, "too-big");
  await sink.abort();
});

Deno.test("BlobRoom.open() has room for 512 MiB in all, and gets it back", async () => {
  assertEquals(MAX_BLOB_BYTES, 512 * MIB);
  const room = new BlobRoom();
  const half = { size: MAX_BLOB_BYTES / 2, type: "" };
  assertEquals(room.open({ size: MAX_BLOB_BYTES + 1, type: "" }), undefined);
  const [one, other] = [room.open(half)!, room.open(half)!];
  assertEquals(room.open({ size: 1, type: "" }), undefined);
  for (let i = 0; i < 2; i++) await one.abort();
  const third = room.open(half);
  assertInstanceOf(third, BlobSink);
  assertEquals(room.open({ size: 1, type: "" }), undefined);
  const received = await other.close();
  assertEquals(room.open({ size: 1, type: "" }), undefined);
  for (let i = 0; i < 2; i++) await received.dispose();
  assertInstanceOf(room.open(half), BlobSink);
  assertEquals(room.open({ size: 1, type: "" }), undefined);
});

Deno.test("DiskSink writes to the place that the person chose, and keeps no hold of it", async () => {
  const file = new FakeDiskFile();
  const { bytes } = makeFile(250_000);
  const sink = new DiskSink({ file, type: "image/png" });
  assertEquals(file.calls, []);
  await writeAll(sink, bytes);
  const received = await sink.close();
  await sink.abort();
  await received.dispose();
  assertEquals(file.calls, ["open", "write", "write", "write", "close"]);
  assertEquals(await bytesOf(await file.getFile()), bytes);
  assertEquals([received.content, file.isRemoved], [undefined, false]);
});

Deno.test("DiskSink writes to the page's own place, and can be dropped from there", async () => {
  const file = new FakeDiskFile();
  const sink = new DiskSink({ file, type: "video/mp4", remove: () => file.remove() });
  const received = await sink.close();
  assertEquals([received.content?.size, received.content?.type], [0, "video/mp4"]);
  assertEquals(file.calls, ["open", "close"]);
  await received.dispose();
  assertEquals(file.isRemoved, true);
});

Deno.test("DiskSink.abort() leaves nothing behind, and takes nothing that was there", async () => {
  const own = new FakeDiskFile();
  const remove = () => own.remove();
  const kept = new DiskSink({ file: own, type: "", remove });
  await kept.write(new Uint8Array(9));
  await kept.abort();
  await kept.abort();
  assertEquals([own.calls, own.isRemoved], [["open", "write", "abort"], true]);
  await assertRejects(() => kept.write(new Uint8Array(9)), DOMException);
  assertEquals(own.calls.length, 3);
  // The browser made an empty one when the person chose the place.
  const made = new FakeDiskFile();
  await new DiskSink({ file: made, type: "" }).abort();
  assertEquals([made.calls, made.isRemoved], [[], true]);
  // Here there was one before.
  const old = new FakeDiskFile();
  old.content = [new Uint8Array(5)];
  await new DiskSink({ file: old, type: "" }).abort();
  assertEquals(old.isRemoved, false);
});

Deno.test("DiskSink fails with what the disk says, and can be dropped then", async () => {
  const file = new FakeDiskFile();
  const sink = new DiskSink({ file, type: "", remove: () => Promise.reject(full) });
  file.error = full;
  assertEquals(reasonOf(await assertRejects(() => sink.write(new Uint8Array(1)))), "disk-full");
  assertEquals(reasonOf(await assertRejects(() => sink.close())), "disk-full");
  await sink.abort();
});

Deno.test("DiskSink takes a file off that is gone from its place when it is closed", async () => {
  const file = new FakeDiskFile();
  let removals = 0;
  const remove = () => Promise.resolve(void removals++);
  const sink = new DiskSink({ file, type: "", remove });
  await file.remove();
  await assertRejects(() => sink.close(), DOMException);
  await sink.abort();
  assertEquals(removals, 1);
});

Deno.test("reasonOf() knows a full disk in every form", () => {
  const own = Object.assign(new Error(), { name: "QuotaExceededError" });
  for (
    const [error, reason] of [
      [full, "disk-full"],
      [own, "disk-full"],
      [new SinkError("too-big"), "too-big"],
      [new DOMException("", "NoModificationAllowedError"), "unwritable"],
      [new TypeError(), "unwritable"],
      [undefined, "unwritable"],
    ] as const
  ) assertEquals(reasonOf(error), reason);
});

Deno.test("chooseSink() keeps small files in the page, and finds a disk for big ones", async () => {
  const offer = (size: number) => ({ id: "f", name: "a.bin", size, type: "" });
  const memory = new BlobRoom();
  const picked = new FakeDiskFile();
  const asked: unknown[] = [];
  const pick = (options: unknown) => {
    asked.push(options);
    return Promise.resolve(picked);
  };
  const stored = new FakeDiskFile();
  const shelf = { create: () => Promise.resolve({ file: stored, remove: () => stored.remove() }) };
  assertInstanceOf(await chooseSink(offer(SMALL_BYTES), { memory, pick, shelf }), BlobSink);
  assertEquals(asked, []);
  const chosen = asDisk(await chooseSink(offer(SMALL_BYTES + 1), { memory, pick, shelf }));
  await chosen.write(new Uint8Array(1));
  assertEquals([asked, picked.calls], [[{ suggestedName: "a.bin" }], ["open", "write"]]);
  const own = asDisk(await chooseSink(offer(2 ** 40), { memory, shelf }));
  await own.write(new Uint8Array(1));
  assertEquals(stored.calls, ["open", "write"]);
  const empty = { memory: new BlobRoom() };
  assertInstanceOf(await chooseSink(offer(MAX_BLOB_BYTES), empty), BlobSink);
  assertEquals(await chooseSink(offer(1), empty), "too-big");
  // A small one that finds no room goes where a big one would.
  asDisk(await chooseSink(offer(1), { ...empty, pick }));
});

Deno.test("chooseSink() asks for a place in the click itself, before anything else", () => {
  let isAsked = false;
  const pick = () => {
    isAsked = true;
    return Promise.resolve(new FakeDiskFile());
  };
  const offer = { id: "f", name: "a", size: SMALL_BYTES + 1, type: "" };
  void chooseSink(offer, { memory: new BlobRoom(), pick });
  assert(isAsked);
});

Deno.test("chooseSink() takes no for an answer, and goes elsewhere where it may not ask", async () => {
  const memory = new BlobRoom();
  const offer = { id: "f", name: "a", size: SMALL_BYTES + 1, type: "" };
  const fail = (name: string) => () => Promise.reject(new DOMException("", name));
  assertEquals(await chooseSink(offer, { memory, pick: fail("AbortError") }), "dismissed");
  const stored = new FakeDiskFile();
  const shelf = { create: () => Promise.resolve({ file: stored, remove: () => stored.remove() }) };
  assertInstanceOf(
    await chooseSink(offer, { memory, pick: fail("SecurityError"), shelf }),
    DiskSink,
  );
  const broken = { create: fail("QuotaExceededError") };
  assertInstanceOf(await chooseSink(offer, { memory, shelf: broken }), BlobSink);
});
