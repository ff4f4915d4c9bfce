import { AetherError } from '../../base/errors.js';
import type { RunWindow, StreamSource } from '../../engine/inputs.js';
import type { SourceVector } from '../../engine/press/source-vector.js';
import type { TickLedger } from '../../engine/umx/records.js';
import type { RunView } from '../run-view.js';

/** Maximum number of values of all streams of a window: they are held in memory for repeated reading. */
const MOST_VALUES = 4_000_000;

/** One stream of a window with its values, tick by tick. */
export interface WindowValues {
  readonly name: string;
  /** Values per tick. */
  readonly width: number;
  readonly ticks: readonly SourceVector[];
}

/**
 * The stored values of the streams of a window; those of a compact run are derived.
 *
 * @throws AetherError APXI_TOO_LARGE
 */
export async function windowStreams(run: RunView, window: RunWindow): Promise<readonly WindowValues[]> {
  const streams = window.streams.map(({ name, source }) => ({ name, source, ticks: [] as SourceVector[] }));
  const chain = streams.some(({ source }) => source === 'prev_chain')
    ? await chainBefore(run, window)
    : new Map<number, number>();
  let held = 0;
  for await (const ledger of run.records('umx_ledger', window.start_tick, window.end_tick)) {
    for (const stream of streams) {
      const vector = vectorOf(stream.source, ledger, chain.get(ledger.tick) ?? 0);
      held += vector.values.length;
      stream.ticks.push(vector);
    }
    if (held > MOST_VALUES) {
      const message = `window ${window.window_id} has more than ${String(MOST_VALUES)} values; suggestions need them all at once`;
      throw new AetherError('APXI_TOO_LARGE', message);
    }
  }
  return streams.map(({ name, ticks }) => ({ name, ticks, width: ticks[0]?.values.length ?? 0 }));
}

/** C_{t-1} of every tick of a window. */
async function chainBefore(run: RunView, window: RunWindow): Promise<ReadonlyMap<number, number>> {
  const values = new Map<number, number>([[1, (await run.inputs()).profile.C0]]);
  const first = Math.max(window.start_tick - 1, 1);
  for await (const { tick, C_t } of run.records('loom_p_blocks', first, window.end_tick - 1)) {
    values.set(tick + 1, C_t);
  }
  return values;
}

function vectorOf(source: StreamSource, ledger: TickLedger, prevChain: number): SourceVector {
  switch (source) {
    case 'fluxes':
      return { values: Float64Array.from(ledger.edges, ({ f_e }) => f_e), exact: null };
    case 'pre_u':
      return { values: Float64Array.from(ledger.pre_u), exact: null };
    case 'post_u':
      return { values: Float64Array.from(ledger.post_u), exact: null };
    case 'prev_chain':
      return { values: Float64Array.of(prevChain), exact: null };
    case 'post_u_deltas':
      return deltas(ledger);
  }
}

/** The difference of two storable values may need one more digit. */
function deltas({ pre_u, post_u }: TickLedger): SourceVector {
  const values = Float64Array.from(post_u, (u, n) => u - pre_u[n]!);
  if (values.every(Number.isSafeInteger)) return { values, exact: null };
  return { values, exact: post_u.map((u, n) => BigInt(u) - BigInt(pre_u[n]!)) };
}
