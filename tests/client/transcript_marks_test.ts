import { assertEquals } from "@std/assert";
import type { Words } from "../../lib/client/words.ts";
import { Journal } from "../../lib/client/journal.ts";
import { Transcript } from "../../lib/client/transcript.ts";
import { FakeStorage } from "../fakes/storage.ts";

function words(id: string): Words {
  return { id, at: 1, text: `words ${id}` };
}

/** A transcript in a room where `here` are; `reload()` makes another one of the same journal. */
function setUp(...here: string[]) {
  const storage = new FakeStorage();
  const people = new Set(here);
  /** What was on the screen at each change. */
  const screens: unknown[][] = [];
  const open = () => {
    const transcript: Transcript = new Transcript({
      journal: new Journal("lobby", storage),
      isHere: (person) => people.has(person),
      onChange: () => screens.push(deliveries(transcript)),
    });
    return transcript;
  };
  return { transcript: open(), people, screens, reload: open };
}

function owed(transcript: Transcript, person: string): string[] {
  return transcript.owedTo(person).map(({ id }) => id);
}

function deliveries(transcript: Transcript): unknown[] {
  return transcript.messages.map(({ delivery }) => delivery);
}

Deno.test("Transcript.mark() does not make a message owed again that has arrived", () => {
  const { transcript, reload } = setUp("bob");
  transcript.say(words("1"), ["bob"]);
  transcript.mark("1", "bob", "delivered");
  transcript.mark("1", "bob", "sent");
  assertEquals([owed(transcript, "bob"), owed(reload(), "bob")], [[], []]);
});

Deno.test("Transcript.messages never fall back when somebody comes who knows less", () => {
  const { transcript, people } = setUp("peer:x", "bob");
  transcript.say(words("1"), ["bob", "peer:x"]);
  transcript.mark("1", "bob", "delivered");
  people.delete("peer:x");
  transcript.recount([...people]);
  assertEquals(deliveries(transcript), ["delivered"]);
  people.add("carol");
  transcript.mark("1", "carol", "sent");
  assertEquals(deliveries(transcript), ["delivered"]);
});

Deno.test("Transcript.messages come as far as with those who were there, where nobody is left", () => {
  const { transcript, people } = setUp("bob");
  transcript.say(words("1"), ["bob"]);
  people.delete("bob");
  transcript.mark("1", "bob", "delivered");
  assertEquals(deliveries(transcript), ["delivered"]);
});

Deno.test("Transcript.recount() keeps what it found over a reload", () => {
  const { transcript, people, reload } = setUp("bob", "carol");
  transcript.say(words("1"), ["bob", "carol"]);
  transcript.mark("1", "bob", "seen");
  people.delete("carol");
  transcript.recount([...people]);
  assertEquals(deliveries(reload()), ["seen"]);
});

Deno.test("Transcript.owedTo() gives a newcomer nothing that somebody got, whoever went without", () => {
  for (const gone of ["carol", "peer:x"]) {
    const { transcript, people } = setUp("bob", gone);
    transcript.say(words("1"), ["bob", gone]);
    transcript.mark("1", "bob", "delivered");
    // Who has a name comes back under it; a nameless one that got it needs nobody in its place.
    if (gone === "peer:x") transcript.mark("1", gone, "delivered");
    people.delete(gone);
    assertEquals([gone, owed(transcript, "dave")], [gone, []]);
  }
});

Deno.test("Transcript.rename() leaves nobody behind who would seem lost", () => {
  const { transcript, people } = setUp("peer:x", "carol");
  transcript.say(words("1"), ["peer:x", "carol"]);
  transcript.mark("1", "carol", "delivered");
  people.delete("peer:x");
  people.add("bob");
  transcript.rename("peer:x", "bob");
  assertEquals([owed(transcript, "bob"), owed(transcript, "dave")], [["1"], []]);
});

Deno.test("Transcript.doubt() goes back a hundred messages", () => {
  const { transcript } = setUp("bob");
  for (let id = 0; id < 101; id++) {
    transcript.hear(words(`${id}`), "bob");
    transcript.see(`${id}`);
  }
  transcript.doubt("bob");
  assertEquals([transcript.unseen.length, transcript.unseen[0]?.[0]], [100, "1"]);
});

Deno.test("Transcript tells of each change of the screen, and of nothing else", () => {
  const { transcript, screens } = setUp("bob");
  transcript.say(words("1"), ["bob"]);
  transcript.hear(words("2"), "bob");
  transcript.hear(words("2"), "bob");
  transcript.mark("1", "bob", "delivered");
  transcript.mark("1", "bob", "sent");
  transcript.see("2");
  assertEquals(screens, [["sending"], ["sending", undefined], ["delivered", undefined]]);
});

Deno.test("Transcript.hear() puts what comes late where its writer said it, over a reload, too", () => {
  const { transcript, reload } = setUp("bob", "carol");
  for (const id of ["01B", "01D"]) transcript.hear(words(id), "bob");
  transcript.say(words("01A"), ["bob"]);
  transcript.hear(words("01Z"), "carol");
  transcript.hear(words("01E"), "bob");
  for (const late of ["01C", "01A1"]) transcript.hear(words(late), "bob");
  transcript.hear(words("01Y"), "carol");
  const order = ["01A1", "01B", "01C", "01D", "01A", "01Y", "01Z", "01E"];
  for (const each of [transcript, reload()]) {
    assertEquals(each.messages.map(({ id }) => id), order);
  }
});

Deno.test("Transcript.rename() keeps the further of two marks", () => {
  const { transcript } = setUp("bob", "peer:1");
  transcript.say(words("1"), ["bob", "peer:1"]);
  transcript.mark("1", "bob", "delivered");
  transcript.rename("peer:1", "bob");
  assertEquals([owed(transcript, "bob"), owed(transcript, "peer:1")], [[], []]);
});

Deno.test("Transcript.lastSaid is when we said something last, by whatever clock, also after a reload", () => {
  const { transcript, reload } = setUp("bob");
  assertEquals(transcript.lastSaid, 0);
  for (const at of [5, 3]) transcript.say({ ...words(`${at}`), at }, ["bob"]);
  transcript.hear({ ...words("8"), at: 8 }, "bob");
  assertEquals([transcript.lastSaid, reload().lastSaid], [5, 5]);
});
