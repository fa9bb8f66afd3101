import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { App } from "fresh";
import { Builder, type OnTransformArgs } from "fresh/dev";
import { FIXTURE_DIR } from "./build_fixture.ts";

async function serve(builder: Builder, path: string): Promise<string> {
  const apply = await builder.build({ snapshot: "memory" });
  const { staticFiles } = await import("fresh");
  const app = new App().use(staticFiles());
  apply(app);
  return await (await app.handler()(new Request(`http://fresh.test${path}`))).text();
}

Deno.test("Builder.onTransformStaticFile() serves what a file is made into", async () => {
  const seen: Pick<OnTransformArgs, "path" | "mode">[] = [];
  const builder = new Builder({ root: FIXTURE_DIR });
  builder.onTransformStaticFile(
    { pluginName: "shout", filter: /\.css$/ },
    ({ path, mode, text }) => {
      seen.push({ path, mode });
      return { content: `/* ${text.length} */` };
    },
  );
  builder.onTransformStaticFile({ pluginName: "again", filter: /\.css$/ }, ({ text }) => ({
    content: new TextEncoder().encode(`${text}!`),
  }));
  const path = join(FIXTURE_DIR, "static", "styles.css");
  const { length } = await Deno.readTextFile(path);
  assertEquals(await serve(builder, "/styles.css"), `/* ${length} */!`);
  assertEquals(seen, [{ path, mode: "production" }]);
});

Deno.test("Builder.onTransformStaticFile() leaves alone what it returns nothing for, or excludes", async () => {
  const builder = new Builder({ root: FIXTURE_DIR });
  builder.onTransformStaticFile({ pluginName: "none", filter: /./ }, () => {});
  const never = () => ({ content: "never" });
  const exclude = ["styles", /\.svg$/, /\.txt$/];
  builder.onTransformStaticFile({ pluginName: "out", filter: /./, exclude }, never);
  const path = join(FIXTURE_DIR, "static", "styles.css");
  assertEquals(await serve(builder, "/styles.css"), await Deno.readTextFile(path));
});
