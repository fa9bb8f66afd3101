/**
 * What every route is given.
 *
 * @module
 */

import type { Preferences } from "./preferences.ts";
import type { Signaling } from "./signaling.ts";

/** The state of a request, filled by the composition root. */
export interface State extends Preferences {
  /** What the signaling sockets share. */
  signaling: Signaling;
}
