/**
 * Builds an app, or serves it while it is being worked on. Never imported in production.
 *
 * @module
 */
export { Builder, type BuildOptions, type ResolvedBuildConfig } from "./builder.ts";
export type {
  OnTransformArgs,
  OnTransformOptions,
  OnTransformResult,
  TransformFn,
} from "./transform.ts";
