/** Limits of what clients of the service may send and hold; those of an operation are with its route. */

/** Maximum of header lines in a request. */
export const MOST_HEADERS = 100;
/** Maximum size of the header of a request in bytes. */
export const HEADER_LIMIT = 16 * 1024;
/** Maximum length of a path with query. */
export const URL_LIMIT = 8 * 1024;
/** Maximum size of a JSON body in bytes. */
export const BODY_LIMIT = 256 * 1024;
/** Maximum depth of a JSON body. */
export const DEPTH_LIMIT = 32;
/** Maximum size in bytes of a WebSocket message of a client; messages are not expected. */
export const MESSAGE_LIMIT = 1024;

/** Maximum of refused clients that are waited for at once; others are disconnected. */
export const MOST_LINGERING = 64;
/** Maximum bytes of long answers that are buffered at once. */
export const MOST_HELD = 512 * 1024 * 1024;

/** Milliseconds for the header of a request, and for all of it. */
export const HEADER_MS = 10_000;
export const REQUEST_MS = 30_000;
