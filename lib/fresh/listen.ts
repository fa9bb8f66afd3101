/** Holds what `Deno.serve()` is given. */
export type ListenOptions = Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>;

const FIRST_PORT = 8000;
const LAST_PORT = 8019;

/**
 * Serves a handler on the given port, or on the first free one of a small range.
 *
 * @throws {Deno.errors.AddrInUse} If there is no such port.
 */
export function listen(
  handler: Deno.ServeHandler,
  { basePath, ...options }: ListenOptions & { basePath: string },
): Promise<void> {
  const onListen = options.onListen ?? ((address) => announce(address, { ...options, basePath }));
  if (options.port !== undefined) {
    Deno.serve({ ...options, onListen }, handler);
    return Promise.resolve();
  }
  for (let port = FIRST_PORT;; port++) {
    try {
      Deno.serve({ ...options, onListen, port }, handler);
      return Promise.resolve();
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse) || port === LAST_PORT) throw error;
    }
  }
}

function announce(
  { hostname, port }: Deno.NetAddr,
  { basePath, cert }: ListenOptions & { basePath: string },
): void {
  const isEveryAddress = hostname === "0.0.0.0" || hostname === "::";
  const host = isEveryAddress ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  console.log(`Listening on ${cert ? "https" : "http"}://${host}:${port}${basePath}/`);
}
