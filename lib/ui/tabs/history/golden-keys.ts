/** Key of all queries about goldens; accepting one invalidates all of them. */
export const GOLDENS_KEY = ['goldens'] as const;

/** New runs change the state of goldens. */
export const GOLDENS_REFRESH_MS = 10_000;
