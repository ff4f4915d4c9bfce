/** Everything asked for about goldens; accepting one invalidates all of it. */
export const GOLDENS_KEY = ['goldens'] as const;

/** Runs that others publish change how goldens compare. */
export const GOLDENS_REFRESH_MS = 10_000;
