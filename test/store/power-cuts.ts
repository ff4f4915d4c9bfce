import { draws } from './draws.js';
import type { PowerCut } from './simulated-files.js';

/** The unsynced names and bytes that survive a power failure, by survival model. */
export const POWER_CUTS: Readonly<Record<string, (seed: number) => PowerCut>> = {
  'nothing unsynced survives': () => ({ keepName: () => false, keepBytes: () => 0 }),
  'all names survive, unsynced bytes do not': () => ({ keepName: () => true, keepBytes: () => 0 }),
  'some names and some bytes survive': (seed) => {
    const draw = draws(seed);
    return { keepName: () => draw() < 0.5, keepBytes: draw };
  },
};
