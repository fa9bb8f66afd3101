/**
 * From a frame to a message: what may be read at all, in the version that its sender speaks.
 *
 * @module
 */

import { CLOSE, type Close } from "../protocol/closes.ts";
import type { Version } from "../protocol/messages.ts";
import { parseClientMessage, type Parsed, parseVersion1 } from "../protocol/parse.ts";
import { no, type Result } from "../protocol/result.ts";
import type { AnyMessage } from "./session.ts";

/** A frame as it arrived, of which no more is known than its size. */
export interface Frame {
  /** A string, or whatever else the socket brings. */
  data: unknown;
  /** Its size. */
  bytes: number;
  /** When it came, in the clock's milliseconds. */
  now: number;
}

/** What was read, or why not; `close` where version 2 ends the connection for it. */
export type Intake = Result<Parsed<AnyMessage>> & { close?: Close };

/** Reads a frame of at most `maxBytes`. */
export function read({ data, bytes }: Frame, version: Version, maxBytes: number): Intake {
  if (typeof data !== "string") {
    return refuse("A message must be text, not binary", version, CLOSE.binary);
  }
  if (bytes > maxBytes) {
    return refuse(`A message must be at most ${maxBytes} bytes`, version, CLOSE.tooBig);
  }
  return version === 1 ? parseVersion1(data) : parseClientMessage(data);
}

function refuse(reason: string, version: Version, close: Close): Intake {
  return version === 1 ? no(reason) : { ...no(reason), close };
}
