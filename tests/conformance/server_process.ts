import type { Settings } from "../../lib/server/config.ts";
import { startSignalingServer } from "../integration/signaling_server.ts";

// A process of its own, so that its memory is nobody else's: settings come as NAME=VALUE, the first
// line out names the port, and every line in is answered with what the server holds.
const settings: Settings = Object.fromEntries(Deno.args.map((arg) => arg.split("=", 2)));
const { origin, signaling } = startSignalingServer(settings);
console.log(JSON.stringify({ port: Number(new URL(origin).port) }));

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
for await (const _ of lines) {
  const { registry, admission } = signaling;
  console.log(JSON.stringify({
    rss: Deno.memoryUsage().rss,
    sockets: admission.sockets,
    rooms: registry.size,
    away: registry.away,
    addresses: admission.addresses,
  }));
}
// Attackers may still hold connections, which a shutdown would wait for.
Deno.exit();
