/**
 * A check from its first step to its last.
 *
 * @module
 */

import type { IceConfiguration } from "../../protocol/messages.ts";
import { judgeBrowser } from "./browser_step.ts";
import { checkDirect } from "./direct_step.ts";
import { checkLoopback } from "./loopback_step.ts";
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
    if (!browser.hasWebSocket) return skipped("Not tried: it needs a browser with WebSocket.");
    const introduction = await checkWebSocket(around);
    ice = introduction.ice;
    return introduction.outcome;
  });
  /** A step that needs WebRTC. */
  const connect = (id: StepId, work: () => Promise<Outcome> | Outcome) =>
    run(id, () => browser.hasWebRtc ? work() : skipped(NEEDS_WEBRTC));
  const isRelayOnly = ice?.iceTransportPolicy === "relay";
  await connect("direct", () => isRelayOnly ? skipped(RELAY_ONLY) : checkDirect(around));
  await connect("stun", () => {
    if (isRelayOnly) return skipped(RELAY_ONLY);
    return ice ? checkStun(ice.iceServers, around) : skipped(NEEDS_SERVER);
  });
  await connect("turn", () => ice ? checkTurn(ice.iceServers, around) : skipped(NEEDS_SERVER));
  await connect("loopback", () => checkLoopback(ice ?? { iceServers: [] }, around));
  return steps;
}

const NEEDS_WEBRTC = "Not tried: it needs a browser with WebRTC.";
const NEEDS_SERVER = "Not tried: which servers to ask is known once the WebSocket opens.";
const RELAY_ONLY = "Not used: this server allows relayed connections only.";

function skipped(sentence: string): Outcome {
  return { state: "skipped", sentence };
}

async function attempt(work: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    return {
      state: "failed",
      sentence: `The browser refused: ${String(error)}`,
      next: "Report these words to whoever runs this server.",
    };
  }
}
