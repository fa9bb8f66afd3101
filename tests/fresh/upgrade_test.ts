import { assertEquals } from "@std/assert";
import { App, csp } from "fresh";

function once<K extends keyof WebSocketEventMap>(
  socket: WebSocket,
  type: K,
): Promise<WebSocketEventMap[K]> {
  return new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));
}

async function withSocket(
  app: App<unknown>,
  run: (socket: WebSocket) => Promise<void>,
): Promise<void> {
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
  const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/ws`, ["tin", "can"]);
  await run(socket);
  if (socket.readyState !== WebSocket.CLOSED) {
    const closed = once(socket, "close");
    socket.close();
    await closed;
  }
}

Deno.test("Context.upgrade() hands out the socket and the response", async () => {
  const app = new App().use(csp({ useNonce: true })).get("/ws", (ctx) => {
    const { socket, response } = ctx.upgrade({ protocol: "can" });
    socket.addEventListener("message", ({ data }) => socket.send(`bare ${data}`));
    return response;
  });
  await withSocket(app, async (socket) => {
    await once(socket, "open");
    assertEquals(socket.protocol, "can");
    const message = once(socket, "message");
    socket.send("hello");
    assertEquals((await message).data, "bare hello");
  });
});

Deno.test("Context.upgrade() calls the given handlers", async () => {
  const closed = Promise.withResolvers<[number, string]>();
  const app = new App().get("/ws", (ctx) =>
    ctx.upgrade({
      open: (socket) => socket.send("opened"),
      message: (socket, { data }) => socket.send(`managed ${data}`),
      close: (_socket, code, reason) => closed.resolve([code, reason]),
    }, { idleTimeout: 30 }));
  await withSocket(app, async (socket) => {
    assertEquals((await once(socket, "message")).data, "opened");
    const message = once(socket, "message");
    socket.send("hello");
    assertEquals((await message).data, "managed hello");
    socket.close(4001, "done");
    assertEquals(await closed.promise, [4001, "done"]);
    await once(socket, "close");
  });
});

Deno.test("Context.upgrade() keeps `this` of handlers that are an object of a class", async () => {
  class Room {
    readonly name = "room";
    open(socket: WebSocket) {
      socket.send(this.name);
    }
  }
  await withSocket(new App().ws("/ws", new Room()), async (socket) => {
    assertEquals((await once(socket, "message")).data, "room");
  });
});

Deno.test("Context.upgrade() answers 400 to what is no WebSocket", async () => {
  const handler = new App().ws("/ws", { open() {} }).handler();
  const response = await handler(new Request("http://fresh.test/ws"));
  assertEquals(response.status, 400);
  assertEquals(await response.text(), "Expected a WebSocket upgrade request");
});
