/** Names the HTTP statuses that say that a request failed. */
// deno-fmt-ignore
export type ErrorStatus =
  | 400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415
  | 416 | 417 | 418 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451
  | 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511;

/**
 * Ends a request with an HTTP status: thrown anywhere below the app, it reaches the nearest error
 * page, or becomes a plain-text response.
 */
export class HttpError extends Error {
  /** The HTTP status code to answer with. */
  status: ErrorStatus;

  /** Takes the status, the message shown to the client, and the usual `cause`. */
  constructor(status: ErrorStatus, message?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "HttpError";
    this.status = status;
  }
}
