import type { Places } from "../../../lib/client/files/choose_sink.ts";

/** What can be done about a file, and what this browser has to put one in. */
export interface FileActions {
  /** Takes a file of somebody's; called in the click itself, so that a place can be asked for. */
  accept(id: string): void;
  /** Does not want a file of somebody's. */
  reject(id: string): void;
  /** Ends a file that is not through: one of ours with `person` only, or with everybody. */
  cancel(id: string, person?: string): void;
  /** Holds a file, or lets it go on. */
  pause(id: string, on: boolean): void;
  /** What this browser has to put a file in. */
  readonly places: Places;
}
