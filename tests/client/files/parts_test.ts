import { assert, assertEquals, assertRejects } from "@std/assert";
import { formatChunk, parseChunk, PAYLOAD_BYTES } from "../../../lib/client/files/chunk.ts";
import { Digest } from "../../../lib/client/files/digest.ts";
import { RateMeter } from "../../../lib/client/files/rate.ts";
import { Receipts } from "../../../lib/client/files/receipts.ts";
import { BLOCK_BYTES, Source } from "../../../lib/client/files/source.ts";
import { SteppedClock } from "../../fakes/clock.ts";
import { makeFile } from "../../fakes/files_content.ts";
import { valueOf } from "../../fakes/unwrap.ts";

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

Deno.test("formatChunk() lays out 4 bytes of mark, 8 of offset, and the payload", () => {
  const payload = Uint8Array.of(9, 8);
  const message = formatChunk({ mark: 0x01020304, offset: 0x05060708090a, payload });
  assertEquals([...message], [1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 9, 10, 9, 8]);
  assertEquals(
    formatChunk({ mark: 1, offset: 0, payload: new Uint8Array(PAYLOAD_BYTES) }).length,
    16_384,
  );
});

Deno.test("parseChunk() reads what formatChunk() makes", () => {
  for (const offset of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    const chunk = { mark: 0xffff_ffff, offset, payload: Uint8Array.of(1, 2, 3) };
    assertEquals(valueOf(parseChunk(formatChunk(chunk).buffer)), chunk);
  }
});

Deno.test("parseChunk() refuses text, nothing, too much, and what no file can hold", () => {
  const huge = new Uint8Array(13);
  huge.fill(255);
  for (
    const data of [
      "text",
      null,
      new ArrayBuffer(0),
      new ArrayBuffer(12),
      new ArrayBuffer(16_385),
      huge.buffer,
    ]
  ) assert(!parseChunk(data).ok);
});

Deno.test("Digest.finish() sums what came in parts", async () => {
  const bytes = makeFile(1_000).bytes;
  const digest = new Digest();
  for (let i = 0; i < 1_000; i += 77) digest.update(bytes.subarray(i, i + 77));
  assertEquals(digest.finish(), await sha256(bytes));
});

Deno.test("Receipts tell of every 256 KiB, of any bytes after a while, and of the last ones", () => {
  const clock = new SteppedClock();
  const told: number[] = [];
  const receipts = new Receipts(clock, (offset) => told.push(offset));
  const KIB = 1024;
  clock.advance(10_000);
  receipts.start(100 * KIB);
  for (const offset of [200, 355, 356, 400, 611, 612]) receipts.note(offset * KIB, 900 * KIB);
  assertEquals(told.splice(0), [356 * KIB, 612 * KIB]);
  clock.advance(499);
  receipts.note(613 * KIB, 900 * KIB);
  clock.advance(1);
  receipts.note(614 * KIB, 900 * KIB);
  receipts.note(615 * KIB, 900 * KIB);
  receipts.note(900 * KIB, 900 * KIB);
  assertEquals(told, [614 * KIB, 900 * KIB]);
});

Deno.test("Source.read() reads a block, and never more", async () => {
  const file = makeFile(2 * BLOCK_BYTES + 10);
  const source = new Source(file.blob);
  assertEquals(await source.read(5), file.bytes.slice(5, 5 + BLOCK_BYTES));
  assertEquals(await source.read(2 * BLOCK_BYTES), file.bytes.slice(2 * BLOCK_BYTES));
  assertEquals(file.mostRead, BLOCK_BYTES);
});

Deno.test("Source.sum() is right whatever was read, and reads only what nobody read", async () => {
  const expected = await sha256(makeFile(3 * BLOCK_BYTES).bytes);
  for (
    const [offsets, read] of [
      [[], 3],
      [[0, BLOCK_BYTES, 2 * BLOCK_BYTES], 3],
      [[0, 0, BLOCK_BYTES, 100, 2 * BLOCK_BYTES, 0], 6],
      // Somebody goes on from a byte that nobody has read.
      [[2 * BLOCK_BYTES], 4],
    ] as const
  ) {
    const file = makeFile(3 * BLOCK_BYTES);
    const source = new Source(file.blob);
    for (const offset of offsets) await source.read(offset);
    assertEquals([await source.sum(), await source.sum()], [expected, expected]);
    assertEquals(file.read / BLOCK_BYTES, read);
  }
  // Blocks that do not meet.
  const file = makeFile(3 * BLOCK_BYTES);
  const source = new Source(file.blob);
  for (const offset of [0, BLOCK_BYTES - 9, 2 * BLOCK_BYTES - 99]) await source.read(offset);
  assertEquals(await source.sum(), expected);
});

Deno.test("Source.sum() of nothing is that of an empty file", async () => {
  assertEquals(await new Source(makeFile(0).blob).sum(), await sha256(new Uint8Array()));
});

Deno.test("Source.read() fails where the file is shorter, gone, or let go", async () => {
  const short = { size: 9, slice: () => new Blob(["short"]) } as unknown as Blob;
  await assertRejects(() => new Source(short).read(0), DOMException);
  const file = makeFile(9);
  const source = new Source(file.blob);
  file.isReadable = false;
  await assertRejects(() => source.read(0), DOMException);
  file.isReadable = true;
  source.close();
  source.close();
  await assertRejects(() => source.read(0), DOMException);
});

Deno.test("RateMeter.rate is of the last seconds, and nothing before there is something to say", () => {
  const clock = new SteppedClock();
  const meter = new RateMeter(clock);
  assertEquals(meter.rate, 0);
  meter.reset(1_000);
  clock.advance(400);
  meter.note(2_000);
  assertEquals(meter.rate, 0);
  clock.advance(100);
  meter.note(2_000);
  assertEquals(meter.rate, 2_000);
  for (let second = 0; second < 10; second++) {
    clock.advance(1_000);
    meter.note(2_000 + (second + 1) * 500);
  }
  assertEquals(meter.rate, 500);
});

Deno.test("RateMeter.reset() begins anew, however long ago that was", () => {
  const clock = new SteppedClock();
  const meter = new RateMeter(clock);
  meter.note(5_000);
  clock.advance(10_000);
  meter.reset(1_000);
  clock.advance(400);
  assertEquals(meter.rate, 0);
  clock.advance(600);
  assertEquals(meter.rate, 0);
  meter.note(3_000);
  assertEquals(meter.rate, 2_000);
});

Deno.test("RateMeter.rate sinks to nothing where nothing comes", () => {
  const clock = new SteppedClock();
  const meter = new RateMeter(clock);
  meter.reset(0);
  clock.advance(1_000);
  meter.note(1_000);
  assertEquals(meter.rate, 1_000);
  clock.advance(1_000);
  assertEquals(meter.rate, 500);
  clock.advance(9_000);
  assertEquals(meter.rate, 0);
});
