import { draws } from './draws.js';
import type { PowerCut } from './simulated-files.js';

/** What may be left of unsynced names and bytes when the power fails, by what it means. */
export const POWER_CUTS: Readonly<Record<string, (seed: number) => PowerCut>> = {
  'nothing unsynced survives': () => ({ keepName: () => false, keepBytes: () => 0 }),
  'all names survive, unsynced bytes do not': () => ({ keepName: () => true, keepBytes: () => 0 }),
  'some of everything survives': (seed) => {
    const draw = draws(seed);
    return { keepName: () => draw() < 0.5, keepBytes: draw };
  },
};
