import type { DiskFile } from "../../lib/client/files/disk_sink.ts";
import { settle } from "./settle.ts";

/** A file on a disk that is not there: what is written counts only once it was closed. */
export class FakeDiskFile implements DiskFile {
  /** What was put in place. */
  content: Uint8Array<ArrayBuffer>[] = [];
  /** What happened, in order. */
  readonly calls: string[] = [];
  /** What the next thing that is asked of it fails with. */
  error: DOMException | undefined;
  isRemoved = false;

  createWritable(): Promise<FileSystemWritableFileStream> {
    this.calls.push("open");
    const written: Uint8Array<ArrayBuffer>[] = [];
    const act = async (call: string, done: () => void) => {
      this.calls.push(call);
      await null;
      if (this.error !== undefined) throw this.error;
      done();
    };
    const writable: unknown = {
      write: (bytes: Uint8Array<ArrayBuffer>) => act("write", () => written.push(bytes)),
      close: () => act("close", () => this.content = written),
      abort: () => act("abort", () => {}),
    };
    return Promise.resolve(writable as FileSystemWritableFileStream);
  }

  getFile(): Promise<File> {
    if (this.isRemoved) return Promise.reject(new DOMException("", "NotFoundError"));
    return Promise.resolve(new File(this.content, "name"));
  }

  remove(): Promise<void> {
    this.isRemoved = true;
    return Promise.resolve();
  }
}

/** A folder on a disk that is not there. */
export class FakeFolder {
  readonly folders = new Map<string, FakeFolder>();
  readonly files = new Map<string, FakeDiskFile>();
  /** Names that cannot be taken away. */
  readonly stuck = new Set<string>();
  #removals = 0;

  constructor(readonly name = "") {}

  getDirectoryHandle(name: string): Promise<FakeFolder> {
    const folder = this.folders.get(name) ?? new FakeFolder(name);
    this.folders.set(name, folder);
    return Promise.resolve(folder);
  }

  getFileHandle(name: string): Promise<FakeDiskFile> {
    const file = this.files.get(name) ?? new FakeDiskFile();
    this.files.set(name, file);
    return Promise.resolve(file);
  }

  async removeEntry(name: string): Promise<void> {
    const folder = this.folders.get(name);
    const isBusy = folder !== undefined && folder.#removals > 0;
    if (this.stuck.has(name) || isBusy) throw new DOMException("", "NoModificationAllowedError");
    this.#removals++;
    await settle();
    this.#removals--;
    const isThere = this.folders.delete(name) || this.files.delete(name);
    if (!isThere) throw new DOMException("", "NotFoundError");
  }

  async *keys(): AsyncGenerator<string> {
    for (const name of [...this.folders.keys(), ...this.files.keys()]) yield await name;
  }

  /** It, in the type of the real thing. */
  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }
}
