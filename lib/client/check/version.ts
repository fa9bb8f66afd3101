/**
 * Which Tincan a report is about.
 *
 * @module
 */

/** The version in `deno.json`, which is not part of what a browser loads. */
export const APP_VERSION = "0.1.0";
