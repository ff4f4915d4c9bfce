import {
  type Infer,
  flag,
  id,
  instant,
  integer,
  list,
  object,
  oneOf,
  orNull,
  text,
} from '../../base/schema.js';
import { named } from './named-schema.js';

const TREND_STATES = ['failed', 'changed', 'first', 'same', 'cached'] as const;
export type WireTrendWord = (typeof TREND_STATES)[number];

const count = (of: string) => integer(of, { minimum: 0 });

const CELL = object('A name in one batch.', {
  word: oneOf(TREND_STATES, 'The worst state of its runs; first: no earlier result is known.'),
  runs: count('Its runs in the batch.'),
  changed: count('Runs whose result differs from the previous one of their name.'),
  failed: count('Runs that did not end as expected.'),
  before: orNull(id('The previous batch with the name; null if none is known.')),
});
export type WireTrendCell = Infer<typeof CELL>;

const BATCH = object('A batch.', {
  batch_id: id('Its id.'),
  started_at: instant('When it started.'),
  manifests: list(text('A manifest.'), 'Its manifests.'),
});
export type WireTrendBatch = Infer<typeof BATCH>;

/** GET /trends. */
export const TRENDS = named(
  'Trends',
  object('Names over batches.', {
    batches: list(BATCH, 'The earliest first.'),
    more: flag('There are earlier batches.'),
    rows: list(
      object('A name.', {
        name: text('Scenario id, or run name.'),
        cells: list(orNull(CELL), 'For each batch; null if it has no run of the name.'),
      }),
      'By name.',
    ),
    total: count('Number of names; more than the rows if the limit cut any off.'),
    offset: count('Names before the first one given.'),
  }),
);
export type WireTrends = Infer<typeof TRENDS>;
