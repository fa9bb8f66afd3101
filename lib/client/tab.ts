/**
 * Which page this is. A reload is the same page and takes its seat back; a copy of a tab is another
 * page, although the browser copies its storage, too. A tab that is gone leaves its seat to the next
 * one that opens the same room in this browser.
 *
 * A page holds the lock of its name (W3C Web Locks) for as long as it lives, however it ends. Without
 * locks, which browsers offer over HTTPS and on localhost only, it takes its name out of the storage
 * while it lives, and puts it back when it goes.
 *
 * @module
 */

import { randomId } from "../protocol/ids.ts";
import { parseObject } from "../protocol/parse.ts";

/** The part of a storage that is used here. */
export type ItemStore = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** The part of a browser that remembers; each is missing where the browser forbids it. */
export interface Memory {
  /** What a tab keeps over a reload. */
  session: ItemStore | undefined;
  /** What all tabs share. */
  local: ItemStore | undefined;
  /** The locks of all tabs. */
  locks: Pick<LockManager, "request"> | undefined;
}

/** Milliseconds that the page before a reload may take to go. */
const PATIENCE = 500;

/** A page in one room. */
export class Tab {
  /** Its name, which other peers hear, and the server does not. */
  readonly name: string;
  /** Whether it was here before, and is not a copy. */
  readonly isBack: boolean;
  /** What takes its seat back, if it has one. */
  resume: string | undefined;
  #memory: Memory;
  #keys: Keys;
  #release: () => void;
  #isClosed = false;

  private constructor(options: Pick<Tab, "name" | "isBack" | "resume">, holding: Holding) {
    this.name = options.name;
    this.isBack = options.isBack;
    this.resume = options.resume;
    this.#memory = holding.memory;
    this.#keys = holding.keys;
    this.#release = holding.release;
  }

  /** Finds out which page this is, in `room`. */
  static async claim(room: string, memory: Memory): Promise<Tab> {
    const keys = { tab: `tincan:${room}:tab`, seat: seatKey(room) };
    const { session, local, locks } = memory;
    const own = get(session, keys.tab);
    const held = own === undefined ? undefined : await hold(locks, own, PATIENCE);
    const isBack = held !== undefined;
    const name = isBack ? own! : randomId(22);
    const leave = held ?? await hold(locks, name, PATIENCE);
    const kept = isBack ? get(session, keys.seat) : undefined;
    const seat = await take(locks, kept) ?? await inherit(memory, keys);
    put(session, keys.seat, undefined);
    if (locks === undefined) {
      put(session, keys.tab, undefined);
      put(local, keys.seat, undefined);
    }
    const release = () => {
      leave?.();
      seat?.release();
    };
    const tab = new Tab({ name, isBack, resume: seat?.resume }, { memory, keys, release });
    if (locks !== undefined) tab.#write();
    return tab;
  }

  /** Remembers what takes the seat back; nothing where it was given up. */
  keep(resume: string | undefined): void {
    this.resume = resume;
    if (this.#memory.locks !== undefined) this.#write();
  }

  /** The page goes, perhaps to come back. Calling it again does nothing. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#write();
    this.#release();
  }

  #write(): void {
    const { session, local } = this.#memory;
    const { tab, seat } = this.#keys;
    put(session, tab, this.name);
    put(session, seat, this.resume);
    const isOurs = readSeat(local, seat)?.tab === this.name;
    if (this.resume !== undefined) {
      put(local, seat, JSON.stringify({ tab: this.name, resume: this.resume }));
    } else if (isOurs) put(local, seat, undefined);
  }
}

interface Keys {
  tab: string;
  seat: string;
}

interface Holding {
  memory: Memory;
  keys: Keys;
  release: () => void;
}

interface Seat {
  resume: string;
  release: () => void;
}

/**
 * Takes a seat for as long as the page lives. A tab that was closed, and is opened again, may find
 * that another one has inherited it.
 */
async function take(
  locks: Memory["locks"],
  resume: string | undefined,
): Promise<Seat | undefined> {
  if (resume === undefined) return undefined;
  const release = await hold(locks, resume, PATIENCE);
  return release && { resume, release };
}

/** Where the seat of a tab in this room is kept. */
export function seatKey(room: string): string {
  return `tincan:${room}:seat`;
}

/** The seat of a tab in this browser that is no more. */
async function inherit({ local, locks }: Memory, keys: Keys): Promise<Seat | undefined> {
  const left = readSeat(local, keys.seat);
  if (left === undefined) return undefined;
  const release = await hold(locks, left.tab, 0);
  if (release === undefined) return undefined;
  put(local, keys.seat, undefined);
  release();
  return take(locks, left.resume);
}

function readSeat(
  local: ItemStore | undefined,
  key: string,
): { tab: string; resume: string } | undefined {
  const kept = parseObject(get(local, key));
  if (!kept.ok) return undefined;
  const { tab, resume } = kept.value;
  return typeof tab === "string" && typeof resume === "string" ? { tab, resume } : undefined;
}

/** Takes a lock, and answers with what gives it back; with nothing where somebody keeps it. */
function hold(
  locks: Memory["locks"],
  name: string,
  patience: number,
): Promise<(() => void) | undefined> {
  if (locks === undefined) return Promise.resolve(() => {});
  return new Promise<(() => void) | undefined>((resolve) => {
    const signal = AbortSignal.timeout(patience);
    const options = patience === 0 ? { ifAvailable: true } : { signal };
    const keep = (lock: Lock | null) => {
      if (lock === null) return resolve(undefined);
      const { promise, resolve: release } = Promise.withResolvers<void>();
      resolve(release);
      return promise;
    };
    locks.request(`tincan:${name}`, options, keep).catch(() => resolve(undefined));
  }).catch(() => undefined);
}

function get(store: ItemStore | undefined, key: string): string | undefined {
  try {
    return store?.getItem(key) ?? undefined;
  } catch {
    // A storage whose file is broken may throw whatever is asked of it.
    return undefined;
  }
}

/** A storage may be full, or switched off: then nothing is kept, and nothing else goes wrong. */
function put(store: ItemStore | undefined, key: string, value: string | undefined): void {
  try {
    if (value === undefined) store?.removeItem(key);
    else store?.setItem(key, value);
  } catch {
    // Nobody can do anything about it.
  }
}
