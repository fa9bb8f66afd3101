import * as esbuild from "esbuild";
import type { ChildProcess } from "node:child_process";
import childProcess from "node:child_process";

/**
 * Calls a function that builds with esbuild, and resolves when the process that esbuild starts for
 * it is gone, too. Builds must follow each other, as esbuild has one process for all of them.
 */
export async function withEsbuild<T>(build: () => Promise<T>): Promise<T> {
  const { result, child } = start(build);
  const gone = new Promise((resolve) => child?.once("exit", resolve) ?? resolve(undefined));
  try {
    return await result;
  } finally {
    await esbuild.stop();
    // It was made not to keep the program running, which would end before this is settled.
    child?.ref();
    await gone;
  }
}

// Gets hold of the process that a build starts: esbuild tells it to end, but does not wait for it.
function start<T>(build: () => Promise<T>) {
  const { spawn } = childProcess;
  let child: ChildProcess | undefined;
  childProcess.spawn = ((...args: Parameters<typeof spawn>) => child = spawn(...args)) as never;
  try {
    return { result: build(), child };
  } finally {
    childProcess.spawn = spawn;
  }
}
