// A dev server restarts when a file changes, and then says another revision. EventSource connects
// again on its own after most errors, but some browsers give up when the server refuses.
let revision: string | undefined;

function connect(): void {
  const source = new EventSource(new URL("/_frsh/alive", location.href));
  source.addEventListener("message", ({ data }) => {
    revision ??= data;
    if (revision !== data) location.reload();
  });
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 500);
  });
}

connect();
