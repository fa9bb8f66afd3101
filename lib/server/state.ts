/**
 * What every route is given.
 *
 * @module
 */

import type { Signaling } from "./signaling.ts";

/** The state of a request, filled by the composition root. */
export interface State {
  /** What the signaling sockets share. */
  signaling: Signaling;
}
