import type { Limits } from "../../lib/server/config.ts";
import type { Player, Step } from "./fuzz_player.ts";

/** What else a close depends on. */
export interface Circumstances {
  step: Step;
  now: number;
  limits: Limits;
  /** What the player was told of in this step. */
  errors: string[];
  isFull: boolean;
  hasTooManyRooms: boolean;
}

/** Tells whether the server has any reason to close with `code`. */
export function mayClose(player: Player, code: number, circumstances: Circumstances): boolean {
  const { state, version, socket } = player;
  const { step: { by, kind }, now, limits, errors } = circumstances;
  const hasActed = by === player;
  switch (code) {
    case 1000:
      return now - player.leftAt >= 1000;
    case 1003:
      return hasActed && version === 2 && kind === "binary";
    case 1009:
      return hasActed && version === 2 && kind === "oversize";
    case 1012:
      return kind === "turn out";
    case 1013:
      if (hasActed && kind === "open too late") return true;
      return state === "waiting" && errors.includes("try-later") && circumstances.hasTooManyRooms;
    case 4400:
      return state === "in" && player.keepsHeartbeat && now - player.saidAt >= 4000;
    case 4401:
      if (socket.bufferedAmount > limits.MAX_BUFFERED_BYTES) return !socket.reads;
      // The patience with a version 1 socket begins at its handshake, before it is open.
      return !socket.reads &&
        now - (version === 1 ? player.openedAt : player.stoppedReadingAt) >= 9000;
    case 4402:
      return state === "joining" && now - player.openedAt >= limits.JOIN_TIMEOUT * 1000;
    case 4403:
      return hasActed && errors.includes("rate-limited");
    case 4500:
      return hasActed && player.strikes > 10;
    case 4502:
      return state === "waiting" && errors.includes("room-full") && circumstances.isFull;
    case 4504:
      return !hasActed && by?.resume !== undefined && by.resume === player.place?.token;
    default:
      return false;
  }
}
