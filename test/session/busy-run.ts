import type { RunInputs } from '../../lib/engine/inputs.js';
import { plainWindow, toyRun } from '../engine/toy-run.js';

/** The windows of a busy run. */
export const BUSY_WINDOWS = [plainWindow('A', 1, 3), plainWindow('B', 2, 7), plainWindow('C', 6, 12)];

/** Twelve moving ticks in three overlapping windows. */
export function busyRun(
  change: Partial<RunInputs['run']> = {},
  pfna: Record<number, number[][]> = {},
): RunInputs {
  return toyRun({
    SC: 4,
    state: [500, -3, 40],
    edges: [
      { i: 1, j: 2, k: 1 },
      { i: 2, j: 3, k: 3 },
    ],
    pfna: { 4: [[1, 0, 0]], ...pfna },
    profile: { I_block_spacing_W: 5 },
    run: { ticks: 12, windows: BUSY_WINDOWS, primary_window_id: 'B', ...change },
  });
}
