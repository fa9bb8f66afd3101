import { useRoomText } from "../text.ts";
import { CopyLink } from "./CopyLink.tsx";
import { InviteButton } from "./InviteButton.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { LinkText } from "./LinkText.tsx";
import { Share } from "./Share.tsx";
import { useHandOver } from "./use_hand_over.ts";

/** The invitation of somebody who is not alone: out of the way, and still at hand. */
export function InviteTools({ room }: { room: string }) {
  const { invite } = useRoomText().words;
  const tools = useHandOver<HTMLDivElement>();
  return (
    <div class="invite-tools" ref={tools}>
      <CopyLink prominent={false} />
      <InviteButton
        part="all"
        room={room}
        title={invite.invite}
        label={
          <>
            <Icon name="invite" />
            <span class="invite-word">{invite.invite}</span>
          </>
        }
      >
        <LinkText />
        <div class="invite-actions">
          <Share />
        </div>
      </InviteButton>
    </div>
  );
}
