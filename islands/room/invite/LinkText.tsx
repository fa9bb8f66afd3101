import { inviteLink } from "./invite_link.ts";

const ROOMS = "/r/";

/** The room's link, to be read, and selected with one click; from left to right in every language. */
export function LinkText() {
  const link = inviteLink();
  const end = link.indexOf(ROOMS) + ROOMS.length;
  return (
    <p class="link-text" dir="ltr" translate={false}>
      {link.slice(0, end)}
      <b>{link.slice(end)}</b>
    </p>
  );
}
