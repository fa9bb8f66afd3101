import { fromFileUrl } from "@std/path";
import { Builder } from "fresh/dev";
import { app } from "./fixture/main.ts";
import type { State } from "./fixture/state.ts";

/** Folder of the fixture app. */
export const FIXTURE_DIR: string = fromFileUrl(new URL("./fixture", import.meta.url));

/** The fixture app, built to memory. */
export interface BuiltFixture {
  /** Answers requests. */
  handler: (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;
  /** Answers a request for a path. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

/** Builds the fixture app to memory. */
export async function buildFixture(
  mode: "development" | "production" = "production",
): Promise<BuiltFixture> {
  const builder = new Builder<State>({ root: FIXTURE_DIR });
  const apply = await builder.build({ mode, snapshot: "memory" });
  apply(app);
  const handler = app.handler();
  return { handler, fetch: (path, init) => handler(new Request(`http://fresh.test${path}`, init)) };
}
