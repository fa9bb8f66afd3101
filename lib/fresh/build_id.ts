// The one piece of module state here: `asset()` takes only a path, by its documented signature, and
// so cannot be told which build it belongs to. Bundles get a module with a constant in its place.
let current = "";

/** Returns the id of the build that is being served, or the empty string without one. */
export function getBuildId(): string {
  return current;
}

/** Sets the id of the build that is being served. */
export function setBuildId(buildId: string): void {
  current = buildId;
}
