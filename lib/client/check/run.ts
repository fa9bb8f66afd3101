/**
 * A check from its first step to its last.
 *
 * @module
 */

import type { IceConfiguration } from "../../protocol/messages.ts";
import { judgeBrowser } from "./browser_step.ts";
import { checkDirect } from "./direct_step.ts";
import { checkLoopback } from "./loopback_step.ts";
import { advise, say, type Speech } from "./saying.ts";
import { advance, type Outcome, planCheck, type Step, type StepId } from "./step.ts";
import { checkStun } from "./stun_step.ts";
import type { Surroundings } from "./surroundings.ts";
import { checkTurn } from "./turn_step.ts";
import { checkWebSocket } from "./websocket_step.ts";

/**
 * Runs the steps one after the other, and tells `onChange` of each that begins or ends. Resolves
 * with all of them; a step that throws has failed, and the next one runs.
 */
export async function runCheck(
  around: Surroundings,
  onChange: (steps: readonly Step[]) => void,
): Promise<readonly Step[]> {
  let steps = planCheck();
  const show = (id: StepId, progress: Parameters<typeof advance>[2]) => {
    steps = advance(steps, id, progress);
    onChange(steps);
  };
  const run = async (id: StepId, work: () => Outcome | Promise<Outcome>) => {
    show(id, { state: "running" });
    show(id, await attempt(work));
  };

  const { browser } = around;
  let ice: IceConfiguration | undefined;
  await run("browser", () => judgeBrowser(browser));
  await run("websocket", async () => {
    if (!browser.hasWebSocket) return skipped((words) => words.webSocket);
    const introduction = await checkWebSocket(around);
    ice = introduction.ice;
    return introduction.outcome;
  });
  /** A step that needs WebRTC. */
  const connect = (id: StepId, work: () => Promise<Outcome> | Outcome) =>
    run(id, () => browser.hasWebRtc ? work() : skipped((words) => words.webRtc));
  const isRelayOnly = ice?.iceTransportPolicy === "relay";
  await connect(
    "direct",
    () => isRelayOnly ? skipped((words) => words.relayOnly) : checkDirect(around),
  );
  await connect("stun", () => {
    if (isRelayOnly) return skipped((words) => words.relayOnly);
    return ice ? checkStun(ice.iceServers, around) : skipped((words) => words.server);
  });
  await connect(
    "turn",
    () => ice ? checkTurn(ice.iceServers, around) : skipped((words) => words.server),
  );
  await connect("loopback", () => checkLoopback(ice ?? { iceServers: [] }, around));
  return steps;
}

function skipped(why: (words: Speech["words"]["notTried"]) => string): Outcome {
  return { state: "skipped", sentence: say((words) => why(words.notTried)) };
}

async function attempt(work: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return {
      state: "failed",
      ...advise((words) => words.browserRefused, { error: String(error) }),
    };
  }
}
