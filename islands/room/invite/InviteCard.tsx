import { useId } from "preact/hooks";
import { isSpeakable } from "../../../lib/client/invite/speakable.ts";
import { useRoomText } from "../text.ts";
import { CopyLink } from "./CopyLink.tsx";
import { InviteButton } from "./InviteButton.tsx";
import { LinkText } from "./LinkText.tsx";
import { Share } from "./Share.tsx";
import { useHandOver } from "./use_hand_over.ts";

/** The invitation of somebody who is alone: the link, and every way to bring it to somebody. */
export function InviteCard({ room }: { room: string }) {
  const { invite } = useRoomText().words;
  const card = useHandOver<HTMLElement>();
  const heading = useId();
  return (
    <section class="invite-card" aria-labelledby={heading} ref={card}>
      <h2 id={heading}>{invite.title}</h2>
      <p class="note">{invite.note}</p>
      <LinkText />
      <div class="invite-actions">
        <CopyLink prominent />
        <Share />
        <InviteButton part="qr" room={room} label={invite.qr} />
        {!isSpeakable(room) && <InviteButton part="aloud" room={room} label={invite.aloud} />}
      </div>
    </section>
  );
}
