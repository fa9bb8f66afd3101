import { join, toFileUrl } from "@std/path";

/** Says where an import leads: to a local file, or to an npm package and a path inside it. */
export type Resolution =
  | { kind: "file"; path: string }
  | { kind: "npm"; folder: string; specifier: string }
  | { kind: "unknown" };

interface DenoInfo {
  modules: {
    specifier: string;
    local?: string;
    npmPackage?: string;
    dependencies?: { specifier: string; code?: { specifier?: string; error?: string } }[];
  }[];
  redirects: Record<string, string>;
  npmPackages: Record<string, NpmPackage>;
}

interface NpmPackage {
  name: string;
  version: string;
  dependencies: string[];
  registryUrl: string;
  localPath?: string;
}

/**
 * Holds what Deno knows about the imports of some files. Asking Deno itself is what keeps a bundle
 * on the very modules, import maps and package versions that the server runs on.
 */
export class ModuleGraph {
  readonly #imports: Map<string, Map<string, string>> = new Map();
  readonly #localPaths: Map<string, string> = new Map();
  readonly #packages: Map<string, { folder: string; dependencies: Map<string, string> }>;
  readonly #packageOf: Map<string, string> = new Map();

  /** Takes what `deno info --json` says, and the folder that npm packages are cached in. */
  constructor(info: DenoInfo, npmCache: string) {
    const follow = (specifier: string): string => {
      const target = info.redirects[specifier];
      return target === undefined ? specifier : follow(target);
    };
    for (const { specifier, local, npmPackage, dependencies = [] } of info.modules) {
      if (local !== undefined) this.#localPaths.set(specifier, local);
      if (npmPackage !== undefined) this.#packageOf.set(specifier, npmPackage);
      if (local === undefined) continue;
      const imports = dependencies.flatMap(({ specifier, code }) =>
        code?.specifier ? [[specifier, follow(code.specifier)] as const] : []
      );
      this.#imports.set(local, new Map(imports));
    }
    this.#packages = new Map(
      Object.entries(info.npmPackages).map(([id, npmPackage]) => {
        // A package may import itself by its own name.
        const dependencies = [...npmPackage.dependencies, id].flatMap((dependency) => {
          const name = info.npmPackages[dependency]?.name;
          return name === undefined ? [] : [[name, dependency] as const];
        });
        const folder = npmPackage.localPath ?? cacheFolder(npmPackage, npmCache);
        return [id, { folder, dependencies: new Map(dependencies) }];
      }),
    );
  }

  /** Asks Deno about files, under the configuration file they run with. */
  static async read(files: readonly string[], configPath: string): Promise<ModuleGraph> {
    // It takes a single module, so this one imports them all.
    const imports = files.map((file) => `import ${JSON.stringify(toFileUrl(file).href)};`);
    const entry = `data:application/typescript,${encodeURIComponent(imports.join(""))}`;
    const [graph, { npmCache }] = await Promise.all([
      denoInfo<DenoInfo>(["--config", configPath, entry]),
      denoInfo<{ npmCache: string }>(["--config", configPath]),
    ]);
    return new ModuleGraph(graph, npmCache);
  }

  /** Resolves an import of the module at `importer`. */
  resolve(specifier: string, importer: string): Resolution {
    const target = this.#imports.get(importer)?.get(specifier);
    if (target === undefined) return this.#resolveInPackage(specifier, importer);
    const path = this.#localPaths.get(target);
    if (path !== undefined) return { kind: "file", path };

    const packageId = this.#packageOf.get(target);
    const [, name, subpath = ""] = /^npm:\/((?:@[^/]+\/)?[^@/]+)@[^/]*(\/.*)?$/.exec(target) ?? [];
    const found = this.#packages.get(packageId ?? "");
    if (found === undefined || name === undefined) return { kind: "unknown" };
    return { kind: "npm", folder: found.folder, specifier: name + subpath };
  }

  #resolveInPackage(specifier: string, importer: string): Resolution {
    const [name] = /^(@[^/]+\/)?[^./@][^/]*/.exec(specifier) ?? [];
    if (name === undefined) return { kind: "unknown" };
    for (const { folder, dependencies } of this.#packages.values()) {
      if (!importer.startsWith(`${folder}/`)) continue;
      const dependency = this.#packages.get(dependencies.get(name) ?? "");
      if (dependency !== undefined) return { kind: "npm", folder: dependency.folder, specifier };
    }
    return { kind: "unknown" };
  }
}

// Deno before 2.9 does not say where a package is.
function cacheFolder({ registryUrl, name, version }: NpmPackage, npmCache: string): string {
  const registry = registryUrl.replace(/^https?:\/\//, "").replace(/:(\d+)/, "_$1");
  return join(npmCache, registry, name, version);
}

async function denoInfo<T>(args: string[]): Promise<T> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", ...args],
    stderr: "piped",
  });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(`Cannot resolve imports as "deno info" failed: ${decoder.decode(stderr)}`);
  }
  return JSON.parse(decoder.decode(stdout));
}
