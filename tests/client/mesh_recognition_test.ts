import { assertEquals } from "@std/assert";
import { greet, openMesh, present, settleAll, welcomeOf } from "../fakes/mesh.ts";

/** A mesh that talks with Alice, after which the server forgets everybody. */
function setUp() {
  const all = openMesh();
  all.mesh.enter(welcomeOf("me 1", 1, present("a1")), false);
  const channel = all.connect(0);
  greet(channel, "alice", "a1");
  all.mesh.hold();
  return { ...all, channel };
}

Deno.test("Mesh knows a peer again that comes back after us, by its hello", async () => {
  const { mesh, clock, rtcs, states, channel, takeOffers } = setUp();
  mesh.enter(welcomeOf("me 2", 0), false);
  assertEquals(states(), ["a1 connected"]);
  greet(channel, "alice", "a2");
  mesh.join("a2", 2);
  clock.advance(5_000);
  await settleAll();
  assertEquals([states(), rtcs.length, takeOffers()], [["a2 connected"], 1, []]);
  mesh.close();
});

Deno.test("Mesh knows a peer again whose hello comes after the server told of it", async () => {
  const { mesh, clock, rtcs, states, channel, takeOffers } = setUp();
  mesh.enter(welcomeOf("me 2", 0), false);
  mesh.join("a2", 2);
  clock.advance(900);
  greet(channel, "alice", "a2");
  clock.advance(5_000);
  await settleAll();
  assertEquals([states(), rtcs.length, takeOffers()], [["a2 connected"], 1, []]);
  mesh.close();
});

Deno.test("Mesh knows a peer again that came back before us", async () => {
  for (const isFirst of [true, false]) {
    const { mesh, clock, rtcs, states, channel, takeOffers } = setUp();
    if (isFirst) greet(channel, "alice", "a2");
    mesh.enter(welcomeOf("me 2", 1, present("a2")), false);
    if (!isFirst) greet(channel, "alice", "a2");
    clock.advance(5_000);
    await settleAll();
    assertEquals([states(), rtcs.length, takeOffers()], [["a2 connected"], 1, []]);
    assertEquals(mesh.peers[0]?.connection.polite, true);
    mesh.close();
  }
});

Deno.test("Mesh tells its peers what the server calls it now", () => {
  const { mesh, channel } = setUp();
  const { length } = channel.sent;
  mesh.enter(welcomeOf("me 2", 0), false);
  const hello = { t: "hello", app: "tincan", v: 1, tab: "our page", peer: "me 2" };
  assertEquals(channel.sent.slice(length), [JSON.stringify(hello)]);
  mesh.close();
});

Deno.test("Mesh offers to a newcomer who turns out to be nobody that it knows", async () => {
  const { mesh, clock, states, takeOffers } = setUp();
  mesh.enter(welcomeOf("me 2", 0), false);
  mesh.join("stranger", 2);
  clock.advance(999);
  await settleAll();
  assertEquals([states(), takeOffers()], [["a1 connected"], []]);
  clock.advance(1);
  await settleAll();
  assertEquals(states(), ["a1 connected", "stranger connecting"]);
  assertEquals(takeOffers(), ["stranger"]);
  mesh.close();
});

Deno.test("Mesh does not wait where nobody is unknown to the server", async () => {
  const { mesh, takeOffers } = openMesh();
  mesh.enter(welcomeOf("me", 0), false);
  mesh.join("a", 2);
  await settleAll();
  assertEquals(takeOffers(), ["a"]);
  mesh.close();
});

Deno.test("Mesh takes an offer at once, whoever it may turn out to be", async () => {
  const { mesh, clock, rtcs } = setUp();
  mesh.enter(welcomeOf("me 2", 0), false);
  mesh.join("a2", 2);
  await mesh.receive({ type: "offer", sdp: "theirs", from: "a2" });
  assertEquals(rtcs.length, 2);
  clock.advance(5_000);
  await settleAll();
  assertEquals(rtcs.length, 2);
  mesh.close();
});

Deno.test("Mesh lets nobody take the place of a peer that words cross with", () => {
  const { mesh, states, connect, words } = openMesh();
  mesh.enter(welcomeOf("me", 2, present("a"), present("b")), false);
  const [a, b] = [connect(0), connect(1)];
  greet(a, "alice", "a");
  // Whoever that is, it is not the server's b.
  greet(b, "mallory", "a");
  assertEquals(states(), ["a connected", "b connected"]);
  a.hear('{"t":"say","id":"1","at":1,"text":"hi"}');
  assertEquals(words, ["alice: hi"]);
  mesh.lose("b");
  greet(b, "mallory", "a");
  assertEquals(states(), ["a connected", "b connected"]);
  mesh.close();
});

Deno.test("Mesh forgets what is left of a page that was reloaded, once that is heard again", () => {
  const { mesh, clock, states, connect, renamed } = openMesh();
  mesh.enter(welcomeOf("me", 1, present("a1")), false);
  greet(connect(0), "alice", "a1");
  mesh.lose("a1");
  mesh.join("a2", 2);
  // The page offers before it could be taken for somebody else.
  void mesh.receive({ type: "offer", sdp: "theirs", from: "a2" });
  greet(connect(1), "alice", "a2");
  // Until it is clear that nobody answers any more at the old one, anybody could say that.
  assertEquals([states(), renamed], [["a1 connected", "a2 connected"], ["peer:a1 is alice"]]);
  clock.advance(3_000);
  assertEquals(states(), ["a2 connected"]);
  assertEquals(renamed, ["peer:a1 is alice", "peer:a2 is alice"]);
  mesh.close();
});

Deno.test("Mesh forgets at its new seat whom no words cross with", () => {
  const { mesh, rtcs, states, connect } = openMesh();
  mesh.enter(welcomeOf("me 1", 2, present("a1"), present("b1")), false);
  greet(connect(0), "alice", "a1");
  mesh.hold();
  mesh.enter(welcomeOf("me 2", 0), false);
  assertEquals([states(), rtcs[1]?.calls], [["a1 connected"], ["close"]]);
  // Nobody can mend a connection to somebody whom the server does not know.
  rtcs[0]?.become("failed");
  assertEquals([states(), mesh.people], [[], ["alice"]]);
  mesh.close();
});

Deno.test("two who come back at once agree on who gives way, by their seats", () => {
  const [one, other] = [openMesh(), openMesh()];
  one.mesh.enter(welcomeOf("a", 0, present("b")), true);
  other.mesh.enter(welcomeOf("b", 1, present("a")), true);
  const polite = [one, other].map(({ mesh }) => mesh.peers[0]?.connection.polite);
  assertEquals(polite, [false, true]);
  for (const { mesh } of [one, other]) mesh.close();
});
