/** Ends of a run. */
export const RUN_STATES = ['completed', 'faulted', 'failed', 'cancelled', 'timed_out'] as const;
export type RunState = (typeof RUN_STATES)[number];
