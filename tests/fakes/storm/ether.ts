import type { World } from "./world.ts";
import { EtherRtc } from "./ether_rtc.ts";
import type { EtherTransport } from "./ether_transport.ts";

/** The network between pages: paths over it can be cut for a while, or be gone for good. */
export class Ether {
  readonly world: World;
  #rtcs = new Map<string, EtherRtc>();
  #cuts = new Set<string>();
  /** Paths that are gone: only other ones can be found, by a restart of ICE or a new connection. */
  #gone = new Set<string>();

  constructor(world: World) {
    this.world = world;
  }

  /** Makes a connection of `page`. */
  createRtc(page: string): EtherRtc {
    const rtc = new EtherRtc(`rtc${this.#rtcs.size}`, page, this);
    this.#rtcs.set(rtc.name, rtc);
    return rtc;
  }

  /** Finds a connection by its name. */
  rtc(name: string | undefined): EtherRtc | undefined {
    return this.#rtcs.get(name ?? "");
  }

  /** Finds what a connection is carried by. */
  find(name: string): EtherTransport | undefined {
    return this.#rtcs.get(name)?.transport;
  }

  /** The connections of a page that are not closed. */
  of(page: string): EtherRtc[] {
    return [...this.#rtcs.values()].filter((rtc) => rtc.page === page && !rtc.isClosed);
  }

  /** Whether anything crosses on `path`, which is between two pages. */
  carries(path: string, pages: string[]): boolean {
    return !this.#gone.has(path) && !this.#cuts.has(keyOf(pages));
  }

  cut(pages: string[]): void {
    this.#cuts.add(keyOf(pages));
    this.#look();
  }

  mend(pages: string[]): void {
    this.#cuts.delete(keyOf(pages));
    this.#look();
  }

  /** The network of a page is another one: whatever path it uses is gone. */
  move(page: string): void {
    for (const { transport: { path } } of this.of(page)) {
      if (path !== undefined) this.#gone.add(path);
    }
    this.#look();
  }

  #look(): void {
    for (const rtc of this.#rtcs.values()) rtc.transport.look();
  }
}

function keyOf(pages: string[]): string {
  return pages.toSorted().join(" ");
}
