import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Status } from "../lib/client/status.ts";
import { Cans } from "./room/Cans.tsx";
import { Composer } from "./room/Composer.tsx";
import { CopyLink } from "./room/CopyLink.tsx";
import { FullRoom } from "./room/FullRoom.tsx";
import { MessageList } from "./room/MessageList.tsx";
import { PeerList } from "./room/PeerList.tsx";
import { presence, sentence } from "./room/sentences.ts";
import { type RoomText, RoomTextContext } from "./room/text.ts";
import { useConversation } from "./room/use_conversation.ts";

const NO_WEBRTC: Status = { state: "failed", cause: "no-webrtc" };
const BEGINNING: Status = { state: "connecting", to: "server" };

/** A room: the line between the people in it, and what they say. */
export function Room({ name, text }: { name: string; text: RoomText }) {
  const conversation = useConversation(name).value;
  // Found out after the first drawing, which must be the same as the server's.
  const able = useSignal(true);
  useEffect(() => {
    able.value = "RTCPeerConnection" in globalThis;
  }, []);

  const status = able.value ? conversation?.status.value ?? BEGINNING : NO_WEBRTC;
  const peers = conversation?.peers.value ?? [];
  if (status.state === "full") {
    return (
      <RoomTextContext.Provider value={text}>
        <FullRoom name={name} retryAfter={status.retryAfter} />
      </RoomTextContext.Provider>
    );
  }
  const { common, room } = text.words;
  const { state } = status;
  const left = state === "ended" && status.by === "us";
  const seated = !left && state !== "failed" && !(state === "connecting" && status.to === "server");
  const path = status.state === "connected" ? status.path?.kind : undefined;
  return (
    <RoomTextContext.Provider value={text}>
      <main class="room">
        <header class="room-head">
          <p class="brand">
            <a href="/">tincan</a>
          </p>
          <h1>{name}</h1>
          <div class="room-tools">
            {!left && <CopyLink prominent={state === "waiting"} />}
            {seated && (
              <button class="button" type="button" onClick={() => conversation?.leave()}>
                {room.leave}
              </button>
            )}
          </div>
        </header>
        <section class="line">
          <Cans status={status} />
          <p class="sentence" role="status" data-state={state} data-path={path}>
            {sentence(status, text)}
          </p>
          <p class="presence">{presence(status, peers.length, text)}</p>
          {peers.length > 1 && <PeerList peers={peers} />}
          <noscript>
            <p class="problem">{room.needsJavaScript}</p>
          </noscript>
          {(left || state === "failed") && (
            <p class="actions">
              <button
                class="button primary"
                type="button"
                ref={focusOnce}
                onClick={() => location.reload()}
              >
                {left ? room.joinAgain : common.tryAgain}
              </button>
              {!left && <a class="button" href="/check">{room.checkBrowser}</a>}
              <a class="button" href="/">{common.toStart}</a>
            </p>
          )}
        </section>
        <MessageList messages={conversation?.messages.value ?? []} />
        {seated && conversation && <Composer say={(text) => conversation.say(text)} />}
      </main>
    </RoomTextContext.Provider>
  );
}

/** Moves the focus to what takes the place of what had it. */
function focusOnce(element: HTMLElement | null): void {
  if (document.activeElement === document.body) element?.focus();
}
