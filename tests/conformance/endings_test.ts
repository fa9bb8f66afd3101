import { assertEquals } from "@std/assert";
import { SUBPROTOCOL } from "../../lib/protocol/messages.ts";
import { closeFrame, frame, message, OPCODE } from "./frames.ts";
import { handshake, newRoom, RawSocket } from "./raw_socket.ts";
import { runGroups, type Trial } from "./trials.ts";

const { text, continuation, binary } = OPCODE;
const PING = message({ type: "ping", t: 5 });
const MIB = 1024 * 1024;

/** What a peer may have said when its connection ends. */
const UNFINISHED: [string, Uint8Array[]][] = [
  ["after a message", [message({ type: "offer", sdp: "" })]],
  ["inside a header", [PING.slice(0, 1)]],
  ["inside a mask", [PING.slice(0, 4)]],
  ["inside a payload", [PING.slice(0, -1)]],
  ["between two fragments", [frame(text, "{", { fin: false })]],
  ["inside a control frame", [frame(OPCODE.close, "why").slice(0, 4)]],
  ["after a MiB in fragments", [
    frame(text, "", { fin: false }),
    frame(continuation, new Uint8Array(MIB), { fin: false }),
  ]],
];

/** Ways of TCP to end a connection. */
const WAYS: [string, (socket: RawSocket) => Promise<void>][] = [
  ["ends", async (socket) => {
    await socket.endWriting();
    await socket.readAll();
  }],
  ["is reset", async (socket) => {
    // What has come and was not read makes a reset of the end.
    await socket.write(frame(OPCODE.ping, "unread"));
    await socket.peek();
    socket.close();
  }],
];

/** How often each handshake is given up: what one leaves behind may be overlooked. */
const TIMES = 25;

/** A connection breaks, and the other peer of the room hears of it. */
function breaks(
  name: string,
  protocol: string | null,
  act: (socket: RawSocket) => Promise<void>,
): Trial {
  const [joins, gone] = protocol === null
    ? [RawSocket.upgrade, ["text leave"]]
    : [RawSocket.join, ["text peer-joined", "text peer-away"]];
  return {
    name: `${name}, and ${protocol === null ? "the other peer hears leave" : "its peer is away"}`,
    async run({ port }) {
      const options = { room: newRoom(), protocol };
      using stays = await joins(port, options);
      using socket = await joins(port, options);
      await act(socket);
      const heard: string[] = [];
      while (heard.at(-1) !== gone.at(-1)) {
        const word = await stays.read();
        if (word !== "text offer") heard.push(word);
      }
      assertEquals(heard, gone);
    },
  };
}

function broken(): Trial[] {
  const trials: Trial[] = [];
  for (const protocol of [SUBPROTOCOL, null]) {
    for (const [where, said] of UNFINISHED) {
      for (const [how, act] of WAYS) {
        // A ping inside of something unfinished is no ping, and the reset needs its answer.
        if (how === "is reset" && !/after a message|fragments/.test(where)) continue;
        trials.push(breaks(`a connection ${how} ${where}`, protocol, async (socket) => {
          await socket.write(...said);
          await act(socket);
        }));
      }
    }
  }
  return trials;
}

function handshakes(): Trial[] {
  const ways: [string, (socket: RawSocket, head: string) => Promise<void>][] = [
    ["inside its first line", (socket, head) => socket.write(head.slice(0, 20))],
    ["before its last line", (socket, head) => socket.write(head.slice(0, -2))],
    ["before the answer is read", (socket, head) => socket.write(head)],
    ["inside the answer", async (socket, head) => {
      await socket.write(head);
      await socket.peek();
    }],
    ["after the first frame", async (socket, head) => {
      await socket.write(head, message({ type: "offer", sdp: "" }));
    }],
  ];
  return [null, SUBPROTOCOL].flatMap((protocol) =>
    ways.map(([where, act]): Trial => ({
      name: `${protocol ?? "version 1"}, ${where}`,
      async run(target) {
        for (let i = 0; i < TIMES; i++) {
          using socket = await RawSocket.dial(target.port);
          await act(socket, handshake({ protocol }));
        }
        // The honest pair is still there.
        await target.until(({ sockets, rooms }) => sockets === 2 && rooms === 1);
      },
    }))
  );
}

function unanswered(): Trial[] {
  return [
    {
      name: "it stays silent",
      async run({ port }) {
        const room = newRoom();
        using stays = await RawSocket.join(port, { room });
        using silent = await RawSocket.join(port, { room });
        await silent.write(frame(binary, "x"));
        assertEquals(await silent.read(), "text error bad-message");
        assertEquals(await silent.read(), "close 1003 binary frames are not accepted");
        assertEquals([await stays.read(), await stays.read()], [
          "text peer-joined",
          "text peer-left",
        ]);
        using _newcomer = await RawSocket.join(port, { room });
        assertEquals(await stays.read(), "text peer-joined");
        // The runtime waits for an answer as long as the connection lasts.
        await silent.write(closeFrame(1003));
        assertEquals(await silent.read(), "end");
      },
    },
    {
      name: "it goes on talking, and nobody hears it",
      async run({ port }) {
        const room = newRoom();
        using stays = await RawSocket.join(port, { room });
        using talking = await RawSocket.join(port, { room });
        await talking.write(frame(binary, "x"));
        assertEquals(await talking.read(), "text error bad-message");
        assertEquals(await talking.read(), "close 1003 binary frames are not accepted");
        await talking.write(message({ type: "offer", sdp: "" }));
        assertEquals(await talking.read(), "end");
        await stays.write(PING);
        assertEquals(
          [await stays.read(), await stays.read(), await stays.read()],
          ["text peer-joined", "text peer-left", "text pong 5"],
        );
      },
    },
  ];
}

Deno.test("a connection may end at any moment", async (t) => {
  await runGroups(t, {
    "a connection that ends without a close frame is noticed at once": broken(),
    "a handshake that is given up leaves nothing behind": handshakes(),
    "a peer that does not answer the server's close keeps its socket, but not its seat":
      unanswered(),
  });
});
