import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Status } from "../lib/client/status.ts";
import type { PreferencesProps } from "./parts/Preferences.tsx";
import { useAlerts } from "./room/alerts/use_alerts.ts";
import { FullRoom } from "./room/FullRoom.tsx";
import { Head } from "./room/Head.tsx";
import { Invite } from "./room/Invite.tsx";
import { Line } from "./room/Line.tsx";
import { NextStep } from "./room/NextStep.tsx";
import { Talk } from "./room/Talk.tsx";
import { type RoomText, RoomTextContext } from "./room/text.ts";
import { useConversation } from "./room/use_conversation.ts";

const NO_WEBRTC: Status = { state: "failed", cause: "no-webrtc" };
const BEGINNING: Status = { state: "connecting", to: "server" };

/** What a room's page is told by the server. */
export interface RoomProps {
  /** The room's name. */
  name: string;
  /** The words of the page. */
  text: RoomText;
  /** Language and colours. */
  preferences: Omit<PreferencesProps, "text">;
}

/** A room: the line between the people in it, and what they say. */
export function Room({ name, text, preferences }: RoomProps) {
  const here = useConversation(name).value;
  // Found out after the first drawing, which must be the same as the server's.
  const isAble = useSignal(true);
  useEffect(() => {
    isAble.value = "RTCPeerConnection" in globalThis;
  }, []);

  const status = isAble.value ? here?.conversation.status.value ?? BEGINNING : NO_WEBRTC;
  const { state } = status;
  useAlerts(state === "full" ? undefined : here, text, name);
  const hasLeft = state === "ended" && status.by === "us";
  const isOver = hasLeft || state === "failed";
  const isSeated = !isOver && !(state === "connecting" && status.to === "server");
  return (
    <RoomTextContext.Provider value={text}>
      {status.state === "full"
        ? <FullRoom name={name} retryAfter={status.retryAfter} />
        : (
          <main class="room" data-state={state}>
            <Head
              name={name}
              here={here}
              mayInvite={isSeated && state !== "waiting"}
              mayLeave={isSeated}
              preferences={preferences}
            />
            <Line
              status={status}
              conversation={here?.conversation}
              keepsNothing={here !== undefined && here.session === undefined}
            >
              {state === "waiting" && <Invite prominent room={name} />}
              {isOver && <NextStep hasLeft={hasLeft} />}
              <noscript>
                <p class="problem">{text.words.room.needsJavaScript}</p>
              </noscript>
            </Line>
            <Talk here={here} mayWrite={isSeated} name={name} />
          </main>
        )}
    </RoomTextContext.Provider>
  );
}
