import { type LineState, Recovery } from "../../lib/client/recovery.ts";
import { SteppedClock } from "./clock.ts";

/** A recovery whose connection and clock are the test, with when it did what. */
export function watchRecovery() {
  const clock = new SteppedClock();
  const done: [at: number, what: string][] = [];
  const states: LineState[] = [];
  const note = (what: string) => () => void done.push([clock.now(), what]);
  const recovery = new Recovery({
    clock,
    onRestart: note("restart"),
    onRenew: note("renew"),
    onGone: note("gone"),
    onState: (state) => states.push(state),
  });
  return { clock, done, states, recovery };
}

/** One that was connected once. */
export function connectedRecovery() {
  const all = watchRecovery();
  all.recovery.report("connected");
  return all;
}
