import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A browser that can be started, and what it needs to find its libraries and fonts. */
export interface FoundBrowser {
  /** Absolute path of the executable. */
  executablePath: string;
  /** Environment variables that it needs on top of this process's own; none for an installed one. */
  env: Record<string, string>;
}

/** Everything about a machine that decides where its browser is. */
export interface Machine {
  /** The operating system, as in `Deno.build.os`. */
  os: typeof Deno.build.os;
  /** The processor, as in `Deno.build.arch`. */
  arch: typeof Deno.build.arch;
  /** Reads one environment variable. */
  env(name: string): string | undefined;
}

/** The package that `chromium.lock` pins by its hash; {@linkcode unpackChromium} tells how to change it. */
const CARRIED_CHROMIUM = "npm:@sparticuz/chromium@153.0.0";

/**
 * Finds the browser that the tests run in: the one that `CHROME_PATH` names, else an installed Chrome,
 * Chromium or Edge, else (on x86-64 Linux) the Chromium that an npm package carries, downloaded when
 * first needed.
 *
 * Throws an `Error` of one line that says what to install or set when there is none.
 */
export async function findBrowser(
  machine: Machine = { ...Deno.build, env: (name) => Deno.env.get(name) },
): Promise<FoundBrowser> {
  const chosen = machine.env("CHROME_PATH");
  if (chosen) {
    if (await isFile(chosen)) return { executablePath: chosen, env: {} };
    throw new Error(
      'Cannot find a browser as "CHROME_PATH" must be an executable file: ' +
        `current value is "${chosen}"`,
    );
  }
  for (const executablePath of systemCandidates(machine)) {
    if (await isFile(executablePath)) return { executablePath, env: {} };
  }
  const { os, arch } = machine;
  if (os === "linux" && arch === "x86_64") return await unpackChromium();
  throw new Error(
    `Cannot find a browser on ${os} ${arch}: ` +
      'install Chrome or set "CHROME_PATH" to a Chrome or Chromium executable',
  );
}

/** Lists where a Chrome, Chromium or Edge is when one is installed, the most usual place first. */
export function systemCandidates({ os, env }: Pick<Machine, "os" | "env">): string[] {
  if (os === "windows") {
    const roots = [env("ProgramFiles"), env("ProgramFiles(x86)"), env("LocalAppData")];
    const programs = [
      String.raw`Google\Chrome\Application\chrome.exe`,
      String.raw`Chromium\Application\chrome.exe`,
      String.raw`Microsoft\Edge\Application\msedge.exe`,
    ];
    return programs.flatMap((program) =>
      roots.filter((root) => root !== undefined).map((root) => `${root}\\${program}`)
    );
  }
  if (os === "darwin") {
    const roots = ["", env("HOME")].filter((root) => root !== undefined);
    return ["Google Chrome", "Chromium", "Microsoft Edge"].flatMap((name) =>
      roots.map((root) => `${root}/Applications/${name}.app/Contents/MacOS/${name}`)
    );
  }
  const folders = (env("PATH") ?? "").split(":").filter((folder) => folder.startsWith("/"));
  const names = [
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
  ];
  return names.flatMap((name) =>
    [...new Set([...folders, "/usr/bin"])].map((folder) => `${folder}/${name}`)
  );
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}

/**
 * Unpacks the Chromium that npm carries into the cache folder, once: callers in other tests, threads and
 * processes wait for the first, and a half-finished folder left by a killed one is never used.
 *
 * The package has a lock file of its own because Deno downloads all of a lock's packages as soon as one
 * of them is imported: in `deno.lock` these 70 MB would come with the first start of the app. For a new
 * version, change `CARRIED_CHROMIUM`, delete `chromium.lock`, and run the `deno eval` of
 * {@linkcode runUnpacker} once by hand without `--frozen`.
 */
async function unpackChromium(): Promise<FoundBrowser> {
  const version = CARRIED_CHROMIUM.slice(CARRIED_CHROMIUM.lastIndexOf("@") + 1);
  const cache = join(Deno.env.get("XDG_CACHE_HOME") || join(homedir(), ".cache"), "tincan");
  const folder = join(cache, `chromium-${version}`);
  await Deno.mkdir(cache, { recursive: true });
  using lock = await Deno.open(`${folder}.lock`, { create: true, write: true });
  await lock.lock(true);
  if (!(await isFile(join(folder, "fonts.conf")))) {
    const partial = `${folder}.partial`;
    await Deno.remove(partial, { recursive: true }).catch(() => {});
    await Deno.mkdir(partial);
    await runUnpacker(partial);
    // The package's own fonts.conf has /tmp written into it. Without any font, text is 0 pixels high.
    const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
    await Deno.writeTextFile(join(partial, "fonts.conf"), fonts);
    await Deno.rename(partial, folder);
  }
  return {
    executablePath: join(folder, "chromium"),
    env: {
      LD_LIBRARY_PATH: [join(folder, "al2023", "lib"), Deno.env.get("LD_LIBRARY_PATH")]
        .filter(Boolean).join(":"),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    },
  };
}

/** Has the package unpack itself into a folder; in its own process, as it only writes to `TMPDIR`. */
async function runUnpacker(folder: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      "--no-config",
      "--lock=" + fileURLToPath(new URL("./chromium.lock", import.meta.url)),
      "--frozen",
      `import chromium from "${CARRIED_CHROMIUM}"; await chromium.executablePath();`,
    ],
    // As if on AWS Lambda: only there does it unpack libnss3, which a bare Debian lacks as well.
    env: { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x", NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    throw new Error(
      `Cannot unpack ${CARRIED_CHROMIUM}; a Chrome of your own can be named with "CHROME_PATH":\n` +
        new TextDecoder().decode(stderr),
    );
  }
}
