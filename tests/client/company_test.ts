import { assertEquals } from "@std/assert";
import { greet, openMesh, present, welcomeOf } from "../fakes/mesh.ts";

/** We, Bob, and somebody else who has just come and can be talked to, too. */
function setUp() {
  const all = openMesh();
  all.mesh.enter(welcomeOf("me", 2, present("b1"), present("m1")), false);
  const [bob, other] = [all.connect(0), all.connect(1)];
  greet(bob, "bob", "b1");
  const doubtful = () => all.mesh.peers.filter((peer) => peer.isDoubtful).map(({ id }) => id);
  return { ...all, bob, other, doubtful };
}

Deno.test("Company believes nobody who says to be a page that is here, and answers", () => {
  const { mesh, clock, bob, other, states, renamed, doubtful } = setUp();
  greet(other, "bob", "m1");
  for (let second = 0; second < 10; second++) {
    for (const channel of [bob, other]) channel.hear('{"t":"pong","at":0}');
    clock.advance(1_000);
  }
  assertEquals([states(), doubtful()], [["b1 connected", "m1 connected"], ["m1"]]);
  assertEquals(renamed, ["peer:b1 is bob"]);
  // Words are for Bob, and for somebody whose name is not known.
  assertEquals(mesh.people, ["bob", "peer:m1"]);
  mesh.close();
});

Deno.test("Company believes nobody who says to be a page whose seat is kept", () => {
  const { mesh, clock, other, states, renamed, doubtful } = setUp();
  mesh.away("b1");
  clock.advance(3_000);
  // It did not answer, but has half a minute to come back.
  greet(other, "bob", "m1");
  assertEquals([states(), doubtful()], [["m1 connected"], ["m1"]]);
  assertEquals(mesh.people, ["peer:m1", "bob"]);
  other.hear('{"t":"pong","at":0}');
  // Its time is up, and anybody may be it.
  mesh.lose("b1");
  assertEquals([doubtful(), mesh.people], [[], ["bob"]]);
  assertEquals(renamed, ["peer:b1 is bob", "peer:m1 is bob"]);
  mesh.close();
});

Deno.test("Company forgets what somebody says to be, once it is gone", () => {
  const { mesh, bob, other, renamed, doubtful } = setUp();
  greet(other, "bob", "m1");
  mesh.leave("m1");
  bob.hear('{"t":"bye"}');
  assertEquals([mesh.peers, doubtful()], [[], []]);
  assertEquals(renamed, ["peer:b1 is bob"]);
  mesh.close();
});
