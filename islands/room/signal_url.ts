/** The address of the signaling socket of the room `name`, on the server that the page came from. */
export function signalUrl(name: string): string {
  const url = new URL(`/ws/signal?room=${name}`, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
