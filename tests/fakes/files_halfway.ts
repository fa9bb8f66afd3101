import { makePair } from "./files.ts";
import { FakeSink, makeFile } from "./files_content.ts";

const MIB = 1024 * 1024;

/** Two people with a file of 6 MiB, of which a part has moved, and channels that are drained by hand. */
export async function startFile({ drained = 100 } = {}) {
  const { room, ada, bob } = makePair();
  room.prepare = (channel) => channel.isHeld = true;
  const file = makeFile(6 * MIB);
  room.offer(ada, [bob], { id: "f", file });
  const sink = new FakeSink();
  bob.desk.accept("f", sink);
  await room.quiet();
  for (let left = drained; left > 0; left -= 10) {
    ada.channels[0]!.drain(10);
    await room.quiet();
  }
  return { room, ada, bob, file, sink };
}

/** Lets everything through from now on. */
export async function finish(
  { room, ada }: Pick<Awaited<ReturnType<typeof startFile>>, "room" | "ada">,
) {
  room.prepare = () => {};
  for (const channel of ada.channels) {
    channel.isHeld = false;
    channel.drain();
  }
  await room.quiet();
}
