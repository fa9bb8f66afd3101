import type { Received, Sink } from "../../lib/client/files/sink.ts";

/** A file that reads at once, tells what was read of it, and can go bad. */
export class FakeFile {
  /** The most bytes that were read at a time. */
  mostRead = 0;
  /** Bytes that were read in all. */
  read = 0;
  /** Whether it can be read. */
  isReadable = true;

  constructor(readonly bytes: Uint8Array<ArrayBuffer>) {}

  get size(): number {
    return this.bytes.length;
  }

  slice(from: number, to: number): { arrayBuffer: () => Promise<ArrayBuffer> } {
    return {
      arrayBuffer: () => {
        if (!this.isReadable) return Promise.reject(new DOMException("", "NotReadableError"));
        const part = this.bytes.slice(from, to);
        this.mostRead = Math.max(this.mostRead, part.length);
        this.read += part.length;
        return Promise.resolve(part.buffer);
      },
    };
  }

  /** It, in the type of the real thing. */
  get blob(): Blob {
    return this as unknown as Blob;
  }
}

/** Makes a file whose bytes tell where they belong. */
export function makeFile(size: number, seed = 7): FakeFile {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = (i * 31 + (i >> 8) * 17 + (i >> 16) * 5 + seed) & 255;
  return new FakeFile(bytes);
}

/** A sink that keeps what it is given, and can be slow, or fail. */
export class FakeSink implements Sink {
  /** What it was told, in order. */
  readonly calls: string[] = [];
  /** Whether writes wait until the sink is released. */
  isHeld = false;
  /** What the next write, or the closing, fails with. */
  error: Error | undefined;
  #parts: Uint8Array<ArrayBuffer>[] = [];
  #waiting: (() => void)[] = [];

  get bytes(): number {
    return this.#parts.reduce((sum, { length }) => sum + length, 0);
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.error !== undefined) throw this.error;
    this.#parts.push(bytes);
  }

  async close(): Promise<Received> {
    this.calls.push("close");
    if (this.isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.error !== undefined) throw this.error;
    return {
      content: new Blob(this.#parts),
      dispose: () => Promise.resolve(void this.calls.push("dispose")),
    };
  }

  abort(): Promise<void> {
    this.calls.push("abort");
    this.#parts = [];
    return Promise.resolve();
  }

  /** Lets what waits go on. */
  release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Everything in a Blob. */
export async function bytesOf(blob: Blob | undefined): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob!.arrayBuffer());
}
