import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { Conversation } from "../lib/client/conversation.ts";
import type { Status } from "../lib/client/status.ts";
import { systemClock } from "../lib/clock.ts";
import { Cans } from "./room/Cans.tsx";
import { Composer } from "./room/Composer.tsx";
import { CopyLink } from "./room/CopyLink.tsx";
import { FullRoom } from "./room/FullRoom.tsx";
import { MessageList } from "./room/MessageList.tsx";
import { presence, sentence } from "./room/sentences.ts";

const NO_WEBRTC: Status = { state: "failed", cause: "no-webrtc" };

/** A room: the line between the people in it, and what they say. */
export function Room({ name }: { name: string }) {
  const conversation = useMemo(() => createConversation(name), [name]);
  // Found out after the first drawing, which must be the same as the server's.
  const able = useSignal(true);
  useEffect(() => {
    able.value = "RTCPeerConnection" in globalThis;
    return able.value ? take(conversation) : undefined;
  }, [conversation]);

  const status = able.value ? conversation.status.value : NO_WEBRTC;
  if (status.state === "full") return <FullRoom name={name} />;
  const { state } = status;
  const left = state === "ended" && status.by === "us";
  const seated = !left && state !== "failed" && !(state === "connecting" && status.to === "server");
  const path = status.state === "connected" ? status.path?.kind : undefined;
  return (
    <main class="room">
      <header class="room-head">
        <p class="brand">
          <a href="/">tincan</a>
        </p>
        <h1>{name}</h1>
        <div class="room-tools">
          {!left && <CopyLink prominent={state === "waiting"} />}
          {seated && (
            <button class="button" type="button" onClick={() => conversation.leave()}>Leave</button>
          )}
        </div>
      </header>
      <section class="line">
        <Cans status={status} />
        <p class="sentence" role="status" data-state={state} data-path={path}>
          {sentence(status)}
        </p>
        <p class="presence">{presence(status, conversation.present.value)}</p>
        <noscript>
          <p class="problem">
            This page needs JavaScript: two browsers talk to each other here, and that takes code in
            both. Switch it on and reload.
          </p>
        </noscript>
        {(left || state === "failed") && (
          <p class="actions">
            <button
              class="button primary"
              type="button"
              ref={focusOnce}
              onClick={() => location.reload()}
            >
              {left ? "Join again" : "Try again"}
            </button>
            <a class="button" href="/">To the start</a>
          </p>
        )}
      </section>
      <MessageList messages={conversation.messages.value} />
      {seated && <Composer say={(text) => conversation.say(text)} />}
    </main>
  );
}

/** Moves the focus to what takes the place of what had it. */
function focusOnce(element: HTMLElement | null): void {
  if (document.activeElement === document.body) element?.focus();
}

function createConversation(name: string): Conversation {
  return new Conversation({
    url: IS_BROWSER ? signalUrl(name) : "",
    clock: systemClock,
    isVisible: () => document.visibilityState === "visible",
  });
}

function signalUrl(name: string): string {
  const url = new URL(`/ws/signal?room=${name}`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** Runs a conversation as long as the page is there. */
function take(conversation: Conversation): () => void {
  const page = new AbortController();
  const { signal } = page;
  document.addEventListener("visibilitychange", () => conversation.look(), { signal });
  // A page that reloads must not find the room full of itself.
  addEventListener("pagehide", () => conversation.leave(), { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload(), { signal });
  conversation.start();
  return () => {
    page.abort();
    conversation.close();
  };
}
