import { assertEquals } from "@std/assert";
import { away, greet, openMesh, present, settleAll, welcomeOf } from "../fakes/mesh.ts";

Deno.test("Mesh waits for those who were here first, and offers to those who come", async () => {
  const { mesh, takeOffers, states } = openMesh();
  mesh.enter(welcomeOf("me", 2, present("a"), present("b")), false);
  await settleAll();
  assertEquals([takeOffers(), states()], [[], ["a connecting", "b connecting"]]);
  mesh.join("c", 2);
  await settleAll();
  assertEquals([takeOffers(), mesh.peers.length], [["c"], 3]);
  mesh.close();
});

Deno.test("Mesh offers to all that are there when it comes back, and waits for who is away", async () => {
  const { mesh, takeOffers, states } = openMesh();
  mesh.enter(welcomeOf("me", 1, present("a"), away("b"), present("c")), true);
  await settleAll();
  assertEquals([takeOffers().sort(), states().length], [["a", "c"], 2]);
  mesh.back("b");
  await settleAll();
  assertEquals([takeOffers(), states().at(-1)], [[], "b connecting"]);
  mesh.close();
});

Deno.test("Mesh gives way to earlier seats, whoever came back first", () => {
  const { mesh } = openMesh();
  const polite = () => mesh.peers.map(({ id, connection }) => `${id} ${connection.polite}`);
  mesh.enter(welcomeOf("me", 1, present("a"), present("b"), present("c", 1)), true);
  mesh.join("d", 2);
  // Version 1 has no word for seats: its browser never gives way.
  assertEquals(polite(), ["a true", "b false", "c true", "d false"]);
  mesh.enter(welcomeOf("me", 2, present("b"), present("a")), true);
  assertEquals(polite().toSorted(), ["a true", "b true"]);
  mesh.close();
});

Deno.test("Mesh offers to a peer of version 1 that does not do so itself", async () => {
  for (const itself of [true, false]) {
    const { mesh, clock, takeOffers } = openMesh();
    mesh.enter(welcomeOf("me", 1, present("a", 1)), false);
    clock.advance(499);
    if (itself) await mesh.receive({ type: "offer", sdp: "theirs", from: "a" });
    await settleAll();
    assertEquals(takeOffers(), []);
    clock.advance(1);
    await settleAll();
    assertEquals(takeOffers(), itself ? [] : ["a"]);
    mesh.close();
  }
});

Deno.test("Mesh begins anew with a peer of version 1 when it comes back", async () => {
  const { mesh, clock, rtcs, connect, takeOffers } = openMesh();
  mesh.enter(welcomeOf("me", 1, present("a", 1)), false);
  connect(0).hear("plain words");
  mesh.hold();
  mesh.enter(welcomeOf("me", 1, present("a", 1)), true);
  clock.advance(500);
  await settleAll();
  assertEquals([rtcs.length, rtcs[0]?.calls.at(-1), takeOffers()], [2, "close", ["a"]]);
  mesh.close();
});

Deno.test("Mesh takes an offer of who is there, and nothing of who is not", async () => {
  const { mesh, rtcs } = openMesh();
  mesh.enter(welcomeOf("me", 0), false);
  await mesh.receive({ type: "offer", sdp: "theirs", from: "stranger" });
  assertEquals(mesh.peers, []);
  mesh.enter(welcomeOf("me", 1, away("a")), true);
  await mesh.receive({ type: "answer", sdp: "theirs", from: "a" });
  assertEquals(mesh.peers, []);
  await mesh.receive({ type: "offer", sdp: "theirs", from: "a" });
  assertEquals([mesh.peers.length, rtcs[0]?.calls.length], [1, 2]);
  mesh.close();
});

Deno.test("Mesh touches no connection that is well when a peer is away and back", async () => {
  const { mesh, clock, rtcs, states, connect, takeOffers } = openMesh();
  mesh.enter(welcomeOf("me", 1, present("a")), false);
  const channel = connect(0);
  greet(channel, "alice", "a");
  mesh.away("a");
  clock.advance(2_000);
  channel.hear('{"t":"pong","at":0}');
  mesh.back("a");
  await settleAll();
  assertEquals([states(), rtcs.length, takeOffers()], [["a connected"], 1, []]);
  mesh.close();
});

Deno.test("Mesh keeps a peer whom only the server lost, and forgets one who is silent, too", () => {
  for (const isThere of [true, false]) {
    const { mesh, clock, states, connect } = openMesh();
    mesh.enter(welcomeOf("me", 1, present("a")), false);
    const channel = connect(0);
    greet(channel, "alice", "a");
    mesh.lose("a");
    clock.advance(2_000);
    if (isThere) channel.hear('{"t":"pong","at":0}');
    clock.advance(2_000);
    assertEquals(states(), isThere ? ["a connected"] : []);
    // Whoever vanished without a word may come back, and is owed what is said meanwhile.
    assertEquals(mesh.people, ["alice"]);
    mesh.close();
  }
});

Deno.test("Mesh forgets a peer whom the server lost before words could cross", () => {
  const { mesh, states } = openMesh();
  mesh.enter(welcomeOf("me", 1, present("a")), false);
  mesh.lose("a");
  assertEquals([states(), mesh.people], [[], []]);
  mesh.lose("nobody");
});

Deno.test("Mesh expects nobody back who left, by the server's word or by their own", () => {
  const { mesh, rtcs, connect } = openMesh();
  mesh.enter(welcomeOf("me", 2, present("a"), present("b")), false);
  const [a, b] = [connect(0), connect(1)];
  greet(a, "alice", "a");
  greet(b, "bob", "b");
  mesh.leave("a");
  mesh.leave("a");
  b.hear('{"t":"bye"}');
  assertEquals([mesh.peers, mesh.people], [[], []]);
  assertEquals(rtcs.map(({ calls }) => calls.at(-1)), ["close", "close"]);
});

Deno.test("Mesh makes another connection to a peer that hung up, where it is still there", async () => {
  const { mesh, clock, rtcs, connect, takeOffers } = openMesh();
  mesh.enter(welcomeOf("me", 1, present("a")), false);
  const channel = connect(0);
  greet(channel, "alice", "a");
  channel.end();
  clock.advance(2_999);
  await settleAll();
  assertEquals(rtcs.length, 1);
  clock.advance(1);
  await settleAll();
  assertEquals([rtcs.length, takeOffers()], [2, ["a"]]);
  mesh.close();
});

Deno.test("Mesh remembers the people of before, until they are there again", () => {
  const { mesh, connect } = openMesh(["alice", "bob"]);
  assertEquals(mesh.people, ["alice", "bob"]);
  mesh.enter(welcomeOf("me", 1, present("a")), false);
  assertEquals(mesh.people, ["peer:a", "alice", "bob"]);
  greet(connect(0), "alice", "a");
  assertEquals(mesh.people, ["alice", "bob"]);
  mesh.close();
  mesh.close();
  assertEquals([mesh.peers, mesh.people.toSorted()], [[], ["alice", "bob"]]);
});

Deno.test("Mesh.close() leaves no timers behind", () => {
  const { mesh, clock, connect } = openMesh();
  mesh.enter(welcomeOf("me", 2, present("a"), present("b", 1), present("c")), false);
  greet(connect(0), "alice", "a");
  mesh.away("a");
  mesh.hold();
  mesh.enter(welcomeOf("other me", 0, present("d")), false);
  mesh.close();
  mesh.wake();
  assertEquals(clock.pending, []);
});
