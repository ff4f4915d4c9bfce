import { Counter, Gauge, type Registry } from 'prom-client';
import type { BatchVerdict, GoldenCounts, RunCounts } from '../store/batch-verdict.js';

const RUN_STATES = [
  'completed',
  'faulted_as_expected',
  'cached',
  'failed',
  'cancelled',
  'not_started',
] as const satisfies readonly (keyof RunCounts)[];

const GOLDEN_STATES = [
  'agree',
  'changed',
  'missing',
  'damaged',
  'obsolete',
  'not_judged',
] as const satisfies readonly (keyof GoldenCounts)[];

/**
 * Metrics of batch verdicts for Prometheus: counters for the batches of this service, and gauges for the
 * latest batch of the store, of any caller.
 */
export class BatchMetrics {
  readonly #batches: Counter<'verdict'>;
  readonly #goldens: Counter<'state'>;

  /**
   * @param last the verdict of the latest batch of the store; undefined if there is none, or none recorded
   */
  constructor(register: Registry, last: () => Promise<BatchVerdict | undefined>) {
    const registers = [register];
    this.#batches = new Counter({
      name: 'aether_batches_total',
      help: 'Batches that ended in this service, by verdict',
      labelNames: ['verdict'],
      registers,
    });
    for (const verdict of ['ok', 'not_ok']) this.#batches.inc({ verdict }, 0);
    this.#goldens = new Counter({
      name: 'aether_batch_goldens_total',
      help: 'Goldens compared by batches of this service, by outcome',
      labelNames: ['state'],
      registers,
    });
    for (const state of GOLDEN_STATES) this.#goldens.inc({ state }, 0);
    this.#lastBatch(registers, last);
  }

  /** Counts a batch that ended; null for one that failed before it had a verdict. */
  ended(verdict: BatchVerdict | null): void {
    this.#batches.inc({ verdict: verdict?.ok === true ? 'ok' : 'not_ok' });
    if (verdict === null) return;
    for (const state of GOLDEN_STATES) this.#goldens.inc({ state }, verdict.goldens[state]);
  }

  #lastBatch(registers: Registry[], last: () => Promise<BatchVerdict | undefined>): void {
    const look = shared(() => last().catch(() => undefined));
    const ok: Gauge = new Gauge({
      name: 'aether_last_batch_ok',
      help: 'Verdict of the last batch of the store: 1 ok, 0 not ok; absent when none is recorded',
      registers,
      collect: async () => {
        const verdict = await look();
        if (verdict === undefined) ok.remove();
        else ok.set(verdict.ok ? 1 : 0);
      },
    });
    gauges(registers, {
      name: 'aether_last_batch_runs',
      help: 'Runs of the last batch of the store, by outcome',
      read: async () => counted(RUN_STATES, (await look())?.runs),
    });
    gauges(registers, {
      name: 'aether_last_batch_goldens',
      help: 'Goldens of the last batch of the store, by state',
      read: async () => counted(GOLDEN_STATES, (await look())?.goldens),
    });
  }
}

/** Gauges by state that are read on each scrape; absent if there is nothing to read. */
function gauges(
  registers: Registry[],
  parts: {
    readonly name: string;
    readonly help: string;
    readonly read: () => Promise<ReadonlyMap<string, number>>;
  },
): void {
  const { name, help, read } = parts;
  const gauge: Gauge<'state'> = new Gauge({
    name,
    help,
    labelNames: ['state'],
    registers,
    collect: async () => {
      const values = await read();
      gauge.reset();
      for (const [state, value] of values) gauge.set({ state }, value);
    },
  });
}

function counted<K extends string>(
  states: readonly K[],
  counts: Readonly<Record<K, number>> | undefined,
): ReadonlyMap<string, number> {
  return new Map(counts === undefined ? [] : states.map((state) => [state, counts[state]]));
}

/** Concurrent callers get one answer. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | undefined;
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
