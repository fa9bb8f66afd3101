import { assertEquals } from "@std/assert";
import { startProcess } from "./app_server.ts";
import { launchBrowser } from "./launch.ts";
import { RoomPage } from "./room_page.ts";

Deno.test("a room of several", async (t) => {
  await using server = await startProcess({ ROOM_CAPACITY: "5", SEAT_GRACE: "5" });
  await using launched = await launchBrowser();
  const { browser } = launched;
  const urlOf = (room: string) => `${server.origin}/r/${room}`;

  /** Opens the page for `count` people at once, until each is connected to all others. */
  async function openAll(room: string, count: number) {
    const opening = Array.from({ length: count }, () => RoomPage.open(browser, urlOf(room)));
    const people = await Promise.all(opening);
    await untilTogether(people);
    return {
      people,
      async [Symbol.asyncDispose]() {
        for (const person of people) await person[Symbol.asyncDispose]();
      },
    };
  }

  for (const count of [3, 5]) {
    await t.step(`${count} people hear each other, each word once`, async () => {
      await using room = await openAll(`together-${count}`, count);
      const said = await sayAround(room.people, "round one");
      for (const person of room.people) {
        assertEquals([(await person.texts()).toSorted(), person.errors], [said, []]);
      }
    });
  }

  await t.step("one leaves, and the others go on", async () => {
    await using room = await openAll("leaving", 5);
    const [gone, ...others] = room.people as [RoomPage, ...RoomPage[]];
    const before = await sayAround(room.people, "before");
    await gone.page.getByRole("button", { name: "Leave" }).click();
    await untilTogether(others);
    const after = await sayAround(others, "after");
    for (const person of others) {
      assertEquals((await person.texts()).toSorted(), [...after, ...before]);
    }
    assertEquals((await gone.texts()).toSorted(), before);
    // The seat is free.
    await using newcomer = await RoomPage.open(browser, urlOf("leaving"));
    await untilTogether([newcomer, ...others]);
    await sayAround([newcomer, ...others], "with somebody new");
  });

  await t.step("one reloads, and the others go on", async () => {
    await using room = await openAll("reloading", 3);
    const [reloading, ...others] = room.people as [RoomPage, ...RoomPage[]];
    const before = await sayAround(room.people, "before");
    const [one, other] = others as [RoomPage, RoomPage];
    const reload = reloading.page.reload();
    await one.say("meanwhile");
    await other.hear("meanwhile");
    await reload;
    await untilTogether(room.people);
    const after = await sayAround(room.people, "after");
    for (const person of room.people) {
      assertEquals((await person.texts()).toSorted(), [...after, ...before, "meanwhile"]);
      await person.untilAll("seen");
    }
    assertEquals(new Set(reloading.names).size, 1);
  });

  await t.step("one crashes, and the others go on", async () => {
    await using room = await openAll("crashing", 5);
    const [gone, ...others] = room.people as [RoomPage, ...RoomPage[]];
    const before = await sayAround(room.people, "before");
    await gone.crash();
    await others[0]!.page.getByText(/^Person \d is away\.$/).waitFor({ state: "attached" });
    const after = await sayAround(others, "after");
    await untilTogether(others);
    for (const person of others) {
      assertEquals((await person.texts()).toSorted(), [...after, ...before]);
      await person.untilAll("seen");
    }
  });
});

/** Waits until each is connected to all others, by the list of people on its screen. */
async function untilTogether(people: RoomPage[]): Promise<void> {
  const others = people.length - 1;
  for (const { page } of people) {
    const list = page.getByRole("list", { name: "People here" });
    await list.locator(
      `:scope:not(:has([data-state]:not([data-state=connected], [data-state=away])))`,
    )
      .locator("[data-state=connected]").nth(others - 1).waitFor();
    const present = list.locator("[data-state]:not([data-state=away])");
    await present.nth(others).waitFor({ state: "detached" });
  }
}

/** Has each say something, and waits until all have heard it; answers with what was said, sorted. */
async function sayAround(people: RoomPage[], about: string): Promise<string[]> {
  const said = people.map((_, index) => `${about}: ${index + 1}`);
  await Promise.all(people.map((person, index) => person.say(said[index]!)));
  for (const person of people) {
    for (const text of said) await person.hear(text);
  }
  return said;
}
