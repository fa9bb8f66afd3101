import { useSignal } from "@preact/signals";
import { useRoomText } from "../text.ts";
import { inviteLink } from "./invite_link.ts";

/** Hands the link to whatever the device shares with; nothing where it has nothing of the kind. */
export function Share() {
  const { invite } = useRoomText().words;
  const hasFailed = useSignal(false);
  if (!("share" in navigator)) return null;

  async function share(): Promise<void> {
    hasFailed.value = false;
    try {
      await navigator.share({ title: "Tincan", text: invite.shareText, url: inviteLink() });
    } catch (error) {
      // Somebody who thought better of it knows that.
      hasFailed.value = !(error instanceof DOMException && error.name === "AbortError");
    }
  }

  return (
    <>
      <button class="button" type="button" onClick={share}>{invite.share}</button>
      {hasFailed.value && <p class="invite-answer problem" role="alert">{invite.shareFailed}</p>}
    </>
  );
}
