import { flag, id, instant, integer, list, object, oneOf, orNull, text, type WireSchema } from './schema.js';

const TREND_STATES = ['failed', 'changed', 'first', 'same', 'cached'] as const;
export type WireTrendWord = (typeof TREND_STATES)[number];

export interface WireTrendCell {
  readonly word: WireTrendWord;
  readonly runs: number;
  readonly changed: number;
  readonly failed: number;
  readonly before: string | null;
}

interface WireTrendRow {
  readonly name: string;
  readonly cells: readonly (WireTrendCell | null)[];
}

export interface WireTrendBatch {
  readonly batch_id: string;
  readonly started_at: string;
  readonly manifests: readonly string[];
}

/** GET /trends. */
export interface WireTrends {
  readonly batches: readonly WireTrendBatch[];
  readonly more: boolean;
  readonly rows: readonly WireTrendRow[];
  readonly total: number;
  readonly offset: number;
}

const count = (of: string): WireSchema => integer(of, { minimum: 0 });

const CELL = object('A name in one batch.', {
  word: oneOf(TREND_STATES, 'The worst of its runs; first: no earlier result is known to compare with.'),
  runs: count('Its runs in the batch.'),
  changed: count('Those with another result than the last one of their name before.'),
  failed: count('Those that ended otherwise than expected, or not at all.'),
  before: orNull(id('The batch that had the name last before; null when none is known.')),
});

export const TRENDS: WireSchema = object('Names over batches.', {
  batches: list(
    object('A batch.', {
      batch_id: id('Its id.'),
      started_at: instant('When it started.'),
      manifests: list(text('A manifest.'), 'Where its scenarios come from.'),
    }),
    'The earliest first.',
  ),
  more: flag('There are earlier batches.'),
  rows: list(
    object('A name.', {
      name: text('Scenario id, or run name.'),
      cells: list(orNull(CELL), 'For each batch; null where it has no run of the name.'),
    }),
    'By name.',
  ),
  total: count('Names; more than rows where a limit has cut.'),
  offset: count('Names before the first one given.'),
});
