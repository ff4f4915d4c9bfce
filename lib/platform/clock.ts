import type { Clock } from '../base/ports.js';

/** The machine's wall clock. */
export const systemClock: Clock = { now: () => Date.now() };
