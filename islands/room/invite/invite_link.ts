/** The link that leads into this room; only the page itself knows all of it. */
export function inviteLink(): string {
  return location.href;
}
