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
  const open = () =>
    new Transcript({
      journal: new Journal("lobby", storage),
      isHere: (person) => people.has(person),
      onChange: () => {},
    });
  return { transcript: open(), people, reload: open };
}

/** The ids of what is owed to somebody. */
function owed(transcript: Transcript, person: string): string[] {
  return transcript.owedTo(person).map(({ id }) => id);
}

/** How far the messages on the screen have come. */
function deliveries(transcript: Transcript): unknown[] {
  return transcript.messages.map(({ delivery }) => delivery);
}

Deno.test("Transcript.owedTo() is what was said to somebody who has not acked it, in order", () => {
  const { transcript } = setUp("bob", "carol");
  for (const id of ["1", "2", "3"]) transcript.say(words(id), ["bob", "carol"]);
  assertEquals(transcript.owedTo("bob"), ["1", "2", "3"].map(words));
  transcript.mark("1", "bob", "sent");
  transcript.mark("2", "bob", "delivered");
  transcript.mark("3", "bob", "seen");
  assertEquals([owed(transcript, "bob"), owed(transcript, "carol")], [["1"], ["1", "2", "3"]]);
});

Deno.test("Transcript.owedTo() is nothing of what others said, or of what a plain client was told", () => {
  const { transcript } = setUp("bob");
  transcript.hear(words("1"), "carol");
  transcript.say(words("2"), ["bob"]);
  transcript.mark("2", "bob", "told");
  assertEquals(owed(transcript, "bob"), []);
});

Deno.test("Transcript owes what was said to nobody to the one who comes next, and to no other", () => {
  const { transcript, people } = setUp();
  transcript.say(words("1"), []);
  assertEquals(owed(transcript, "bob"), ["1"]);
  people.add("bob");
  transcript.mark("1", "bob", "sent");
  assertEquals([owed(transcript, "bob"), owed(transcript, "carol")], [["1"], []]);
  transcript.mark("1", "bob", "delivered");
  people.delete("bob");
  assertEquals([owed(transcript, "bob"), owed(transcript, "carol")], [[], []]);
});

Deno.test("Transcript hands down what somebody did not get before they went", () => {
  const { transcript, people } = setUp("bob");
  transcript.say(words("1"), ["bob"]);
  transcript.say(words("2"), ["bob"]);
  transcript.mark("1", "bob", "delivered");
  transcript.mark("2", "bob", "sent");
  assertEquals(owed(transcript, "carol"), []);
  people.delete("bob");
  assertEquals(owed(transcript, "carol"), ["2"]);
  // Bob may come back for it, too.
  assertEquals(owed(transcript, "bob"), ["2"]);
});

Deno.test("Transcript gives what a nameless peer did not get to the next, though others have it", () => {
  const { transcript, people } = setUp("bob", "peer:x");
  transcript.say(words("1"), ["bob", "peer:x"]);
  transcript.mark("1", "bob", "delivered");
  assertEquals(owed(transcript, "carol"), []);
  people.delete("peer:x");
  assertEquals(owed(transcript, "carol"), ["1"]);
  people.add("carol");
  transcript.mark("1", "carol", "sent");
  assertEquals([owed(transcript, "carol"), owed(transcript, "dave")], [["1"], []]);
});

Deno.test("Transcript shows how far a message has come with the last of those who are here", () => {
  const { transcript, people } = setUp("bob", "carol");
  transcript.say(words("1"), ["bob", "carol"]);
  assertEquals(deliveries(transcript), ["sending"]);
  transcript.mark("1", "bob", "seen");
  assertEquals(deliveries(transcript), ["sending"]);
  transcript.mark("1", "carol", "sent");
  assertEquals(deliveries(transcript), ["sent"]);
  transcript.mark("1", "carol", "delivered");
  assertEquals(deliveries(transcript), ["delivered"]);
  people.delete("carol");
  transcript.recount([...people]);
  assertEquals(deliveries(transcript), ["seen"]);
});

Deno.test("Transcript never takes a mark back, and knows no marks of what is not its own", () => {
  const { transcript } = setUp("bob");
  transcript.say(words("1"), ["bob"]);
  transcript.hear(words("2"), "bob");
  for (const mark of ["seen", "delivered", "sent"] as const) transcript.mark("1", "bob", mark);
  for (const id of ["2", "3"]) transcript.mark(id, "bob", "seen");
  assertEquals([deliveries(transcript), owed(transcript, "bob")], [["seen", undefined], []]);
});

Deno.test("Transcript calls what a plain client was told sent, for it never says more", () => {
  const { transcript } = setUp("bob");
  transcript.say(words("1"), ["bob"]);
  transcript.mark("1", "bob", "told");
  assertEquals(deliveries(transcript), ["sent"]);
});

Deno.test("Transcript.hear() takes words once, and whoever wrote them", () => {
  const { transcript } = setUp("bob");
  transcript.say(words("1"), []);
  for (const id of ["2", "2", "1"]) transcript.hear(words(id), "bob");
  assertEquals(transcript.messages.map(({ id }) => id), ["1", "2"]);
  assertEquals(transcript.unseen, [["2", "bob"]]);
});

Deno.test("Transcript.unseen are the words whose writer does not know that they were seen", () => {
  const { transcript, reload } = setUp("bob");
  for (const id of ["1", "2"]) transcript.hear(words(id), "bob");
  transcript.see("1");
  transcript.see("1");
  transcript.see("nothing");
  assertEquals([transcript.unseen, reload().unseen], [[["2", "bob"]], [["2", "bob"]]]);
  // Said again: the writer has lost our word for it.
  transcript.hear(words("1"), "bob");
  assertEquals(transcript.unseen.map(([id]) => id), ["2", "1"]);
  for (const id of ["1", "2"]) transcript.see(id);
  assertEquals(transcript.unseen, []);
  transcript.doubt("carol");
  assertEquals(transcript.unseen, []);
  transcript.doubt("bob");
  assertEquals(transcript.unseen.map(([id]) => id), ["1", "2"]);
});

Deno.test("Transcript.rename() keeps marks and words of somebody who has another name now", () => {
  const { transcript, people, reload } = setUp("peer:x", "carol");
  transcript.hear(words("1"), "peer:x");
  transcript.say(words("2"), ["peer:x", "carol"]);
  transcript.mark("2", "carol", "delivered");
  people.add("bob");
  transcript.rename("peer:x", "bob");
  for (const each of [transcript, reload()]) {
    assertEquals([owed(each, "bob"), owed(each, "carol")], [["2"], []]);
    assertEquals(each.unseen, [["1", "bob"]]);
  }
});

Deno.test("Transcript takes up what its journal has kept, and goes on after it", () => {
  const { transcript, reload } = setUp("bob");
  transcript.say(words("1"), ["bob"]);
  transcript.hear(words("2"), "bob");
  transcript.say(words("3"), ["bob"]);
  transcript.mark("1", "bob", "delivered");
  transcript.see("2");
  const again = reload();
  assertEquals(again.messages, transcript.messages);
  assertEquals([owed(again, "bob"), again.unseen], [["3"], []]);
  again.say(words("4"), ["bob"]);
  again.hear(words("2"), "bob");
  assertEquals(reload().messages.map(({ id }) => id), ["1", "2", "3", "4"]);
  assertEquals(owed(reload(), "bob"), ["3", "4"]);
});

Deno.test("Transcript passes over what a journal cannot have got from it", () => {
  const storage = new FakeStorage();
  const junk = [{}, { id: 1, at: 1, text: "x" }, { ...words("a"), at: "now" }, words("b")];
  const kept = [...junk, { ...words("c"), to: { bob: "gone", carol: "sent" }, delivery: "told" }];
  for (const [place, entry] of kept.entries()) {
    storage.setItem(`tincan:lobby:said:${place}`, JSON.stringify(entry));
  }
  const journal = new Journal("lobby", storage);
  const transcript = new Transcript({ journal, isHere: () => true, onChange: () => {} });
  assertEquals(transcript.messages, [{ ...words("c"), delivery: "sending" }]);
  assertEquals(owed(transcript, "carol"), ["c"]);
});

Deno.test("Transcript.recount() has the journal remember people by their pages", () => {
  const storage = new FakeStorage();
  const journal = new Journal("lobby", storage);
  const transcript = new Transcript({ journal, isHere: () => true, onChange: () => {} });
  transcript.recount(["peer:x", "bob", "carol"]);
  assertEquals(journal.readPeople(), ["bob", "carol"]);
  transcript.recount(Array.from({ length: 20 }, (_, i) => `person ${i}`));
  assertEquals([journal.readPeople().length, journal.readPeople().at(-1)], [16, "person 19"]);
});

Deno.test("Transcript.clear() forgets for good, also what is said to us again", () => {
  const { transcript, reload } = setUp("bob");
  transcript.say(words("1"), ["bob"]);
  transcript.hear(words("2"), "bob");
  transcript.clear();
  assertEquals([transcript.messages, transcript.unseen, owed(transcript, "bob")], [[], [], []]);
  transcript.hear(words("2"), "bob");
  transcript.mark("1", "bob", "delivered");
  assertEquals([transcript.messages, reload().messages], [[], []]);
  transcript.hear(words("3"), "bob");
  assertEquals(reload().messages.map(({ id }) => id), ["3"]);
});

Deno.test("Transcript keeps answers, files and writers over a reload", () => {
  const { transcript, reload } = setUp("bob");
  const file = { name: "a.txt", size: 3, type: "text/plain" };
  transcript.say({ ...words("1"), re: "0" }, ["bob"]);
  transcript.hear({ ...words("2"), text: "", file }, "bob");
  assertEquals(reload().messages, transcript.messages);
  assertEquals(transcript.messages.map(({ re, from, file }) => ({ re, from, file })), [
    { re: "0", from: undefined, file: undefined },
    { re: undefined, from: "bob", file },
  ]);
  assertEquals(reload().owedTo("bob"), [{ ...words("1"), re: "0" }]);
});

Deno.test("Transcript.rename() is seen in what somebody wrote", () => {
  const { transcript, reload } = setUp("bob");
  transcript.hear(words("1"), "peer:x");
  transcript.rename("peer:x", "bob");
  assertEquals([transcript.messages[0]?.from, reload().messages[0]?.from], ["bob", "bob"]);
});
