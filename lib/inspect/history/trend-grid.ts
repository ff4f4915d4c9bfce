import { byCodeUnit } from '../../base/code-units.js';
import { scenarioOfName } from '../../base/run-name.js';
import type { ArtefactReader } from '../../store/port.js';
import type { BatchRecord } from '../../store/record-types.js';
import { startedSince } from '../../store/since.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { latestBatches } from '../find/find-batch.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import { isBad, isChanged, PastOutcomes } from './past-outcomes.js';

type Outcome = BatchRecord['outcomes'][number];

/**
 * State of a name in a batch, the worst of several runs: first is a result without an earlier one to compare
 * with.
 */
type TrendWord = 'failed' | 'changed' | 'first' | 'same' | 'cached';

/** One name in one batch. */
interface TrendCell {
  readonly word: TrendWord;
  readonly runs: number;
  readonly changed: number;
  readonly failed: number;
  /** The previous batch with the name; null if none is known. */
  readonly before: string | null;
}

interface TrendRow {
  readonly name: string;
  /** For each batch; null if it has no run of the name. */
  readonly cells: readonly (TrendCell | null)[];
}

interface TrendBatch {
  readonly batch_id: string;
  readonly started_at: string;
  readonly manifests: readonly string[];
}

/** Names over batches. */
export interface TrendGrid {
  /** The earliest first. */
  readonly batches: readonly TrendBatch[];
  /** By name ascending. */
  readonly rows: readonly TrendRow[];
  /** True if there are earlier batches. */
  readonly more: boolean;
}

export interface TrendQuestion {
  /** A row for each scenario, or for each run name. */
  readonly by: 'scenario' | 'run';
  /** Maximum of batches, the latest ones. */
  readonly limit: number;
  /** Only batches that started at this time or later; ISO 8601. */
  readonly since?: string | undefined;
  /** Only batches of this manifest. */
  readonly manifest?: string | undefined;
  /** Only names that contain this text. */
  readonly name?: string | undefined;
}

/** Number of batches before the shown ones that are read for comparison. */
export const BATCHES_BEFORE = 10;

/**
 * All names in the latest batches: each result is compared with the previous one of its run name. Memory
 * holds the outcomes of one batch and a cell for each name and batch.
 */
export async function trendGrid(store: ArtefactReader, question: TrendQuestion): Promise<TrendGrid> {
  const { manifest, since, limit } = question;
  const all = (await latestBatches(store)).filter(
    ({ manifests }) => manifest === undefined || manifests.includes(manifest),
  );
  const recent = all.filter(({ started_at }) => since === undefined || startedSince(started_at, since));
  const shown = recent.slice(0, limit);
  const asked = all.slice(0, all.indexOf(shown.at(-1)!) + 1 + BATCHES_BEFORE);
  const rows = new Rows(question);
  const yieldTimer = new YieldTimer();
  const isShown = new Set(shown.map(({ id }) => id));
  const batches: TrendBatch[] = [];
  for (const { id } of shown.length === 0 ? [] : asked.reverse()) {
    if (yieldTimer.isDue) await yieldTimer.yield();
    const batch = await unlessDamaged(store.batch(id));
    if (batch === undefined) continue;
    rows.add(batch, isShown.has(id) ? batches.length : null);
    if (isShown.has(id)) {
      batches.push({ batch_id: id, started_at: batch.started_at, manifests: batch.manifests });
    }
  }
  return { batches, rows: rows.finish(batches.length), more: all.length > shown.length };
}

class Rows {
  readonly #question: TrendQuestion;
  readonly #past = new PastOutcomes();
  /** The last batch of each name so far. */
  readonly #last = new Map<string, string>();
  readonly #cells = new Map<string, Map<number, TrendCell>>();

  constructor(question: TrendQuestion) {
    this.#question = question;
  }

  /** @param column position among the shown batches; null for an earlier one */
  add(batch: BatchRecord, column: number | null): void {
    const { by, name: text = '' } = this.#question;
    const groups = new Map<string, Outcome[]>();
    for (const outcome of batch.outcomes) {
      const name = by === 'run' ? outcome.name : scenarioOfName(outcome.name);
      if (!name.includes(text)) continue;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [outcome]);
      else group.push(outcome);
    }
    for (const [name, outcomes] of groups) {
      if (column !== null) this.#put(name, column, this.#cell(name, outcomes));
      this.#last.set(name, batch.id);
    }
    this.#past.add(batch.outcomes);
  }

  finish(columns: number): readonly TrendRow[] {
    return [...this.#cells]
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([name, cells]) => ({
        name,
        cells: Array.from({ length: columns }, (_, column) => cells.get(column) ?? null),
      }));
  }

  #put(name: string, column: number, cell: TrendCell): void {
    const row = this.#cells.get(name);
    if (row === undefined) this.#cells.set(name, new Map([[column, cell]]));
    else row.set(column, cell);
  }

  #cell(name: string, outcomes: readonly Outcome[]): TrendCell {
    const failed = outcomes.filter(isBad).length;
    const before = outcomes.map((outcome) => this.#past.result(outcome));
    const changed = outcomes.filter((outcome, n) => {
      const last = before[n];
      return last !== undefined && isChanged(last, outcome);
    }).length;
    const isFirst = before.every((last) => last === undefined);
    const isCached = outcomes.every(({ state }) => state === 'cached');
    const good: TrendWord = isFirst ? 'first' : isCached ? 'cached' : 'same';
    return {
      word: failed > 0 ? 'failed' : changed > 0 ? 'changed' : good,
      runs: outcomes.length,
      changed,
      failed,
      before: this.#last.get(name) ?? null,
    };
  }
}
