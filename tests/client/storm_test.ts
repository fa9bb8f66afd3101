import { assertEquals } from "@std/assert";
import { watchConsole } from "../fakes/console.ts";
import { pick } from "../fakes/random.ts";
import { Ether } from "../fakes/storm/ether.ts";
import { StormPage } from "../fakes/storm/storm_page.ts";
import { StormServer } from "../fakes/storm/storm_server.ts";
import { World } from "../fakes/storm/world.ts";

/** Milliseconds that a storm lasts. */
const STORM = 90_000;

/** Milliseconds after it in which everything has to mend by itself. */
const CALM = 90_000;

/** How many storms there are. */
const SEEDS = 100;

/** A room in which everything goes wrong. */
class Storm implements Disposable {
  readonly world: World;
  readonly ether: Ether;
  readonly server: StormServer;
  readonly pages: StormPage[];
  readonly log: string[] = [];

  constructor(seed: number, names: string[]) {
    this.world = new World(seed);
    this.ether = new Ether(this.world);
    this.server = new StormServer(this.world, names.length);
    this.pages = names.map((name) => new StormPage(name, this));
  }

  /** Something happens to somebody. */
  strike(): void {
    const { world, ether } = this;
    const page = pick(world.random, this.pages);
    const other = pick(world.random, this.pages.filter((one) => one !== page));
    const happenings: [weight: number, name: string, happen: () => void][] = [
      [40, "say", () => page.say()],
      [10, "break", () => page.breakSocket()],
      [4, "restart", () => this.#restart()],
      [6, "reload", () => this.#reload(page, () => page.close())],
      [4, "crash", () => this.#reload(page, () => page.crash())],
      [5, "cut", () => this.#cut([page.name, other.name])],
      [5, "move", () => ether.move(page.name)],
      [4, "hang up", () => ether.of(page.name)[0]?.hangUp()],
      [4, "wake", () => page.conversation?.wake()],
      [
        1,
        "reload, as all",
        () => this.pages.forEach((one) => this.#reload(one, () => one.close())),
      ],
      [1, "crash, as all", () => this.pages.forEach((one) => this.#reload(one, () => one.crash()))],
    ];
    const lots = happenings.flatMap((happening) => Array(happening[0]).fill(happening));
    const [, name, happen]: typeof happenings[number] = pick(world.random, lots);
    this.log.push(`${Math.round(world.clock.now())} ms: ${page.name} ${name} (${other.name})`);
    happen();
  }

  [Symbol.dispose](): void {
    for (const page of this.pages) page.crash();
    this.server.stop();
  }

  #restart(): void {
    this.server.stop();
    this.world.clock.after(this.world.between(0, 8_000), () => this.server.start());
  }

  #reload(page: StormPage, go: () => void): void {
    go();
    const isSlow = this.world.once(6);
    this.world.clock.after(this.world.between(50, isSlow ? 40_000 : 2_000), () => page.open());
  }

  #cut(pages: string[]): void {
    this.ether.cut(pages);
    this.world.clock.after(this.world.between(500, 20_000), () => this.ether.mend(pages));
  }
}

/** Everything goes wrong for a while, and then nothing does: in the end nobody may have missed a word. */
async function weather(seed: number, names: string[]): Promise<void> {
  using storm = new Storm(seed, names);
  using watched = watchConsole();
  const { world, pages, server } = storm;
  try {
    await world.pass(5_000);
    while (world.clock.now() < STORM) {
      storm.strike();
      await world.pass(world.between(0, world.once(4) ? 12_000 : 800));
    }
    server.start();
    for (const page of pages) page.open();
    await world.pass(CALM);
    for (const page of pages) check(page, pages);
    assertEquals(server.roster.length, pages.length, "nobody else has a seat");
    assertEquals(watched.lines, [], "nothing is warned of");
    for (const page of pages) assertEquals(page.close(), 0, `${page.name} leaves no timers behind`);
  } catch (error) {
    throw new Error(`Seed ${seed}:\n${storm.log.join("\n")}`, { cause: error });
  }
}

/** Somebody is connected to all, and has heard what all of them said. */
function check(page: StormPage, pages: StormPage[]): void {
  const { status, peers } = page.conversation!;
  const { state, ...rest } = status.value;
  assertEquals(state, "connected", page.name);
  assertEquals(["reached", "isServerAway"].filter((lack) => lack in rest), [], page.name);
  assertEquals(peers.value.length, pages.length - 1, page.name);
  for (const writer of pages) {
    const heard = page.texts.filter((text) => text.startsWith(writer.name));
    assertEquals(heard, writer.said, `${page.name} has heard ${writer.name}`);
  }
}

for (const names of [["alice", "bob"], ["alice", "bob", "carol"]]) {
  Deno.test(`whatever happens, ${names.length} people hear every word once, in order`, async () => {
    for (let seed = 0; seed < SEEDS; seed++) await weather(seed, names);
  });
}
