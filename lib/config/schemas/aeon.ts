import { list, mapOf, name, orNull, safeInteger, type Infer } from '../../base/schema.js';
import { documentSchema, documentVersion, map } from './document-schema.js';

const SHARED = {
  window_id: name('Id of the window; equal to its key.', { examples: ['AEON_W1'] }),
  labels: orNull(list(name('A label.'), 'Names for people.')),
  press_window_id: orNull(name('Press window or manifest that realises this window; informative.')),
  parent_id: orNull(name('Parent window in the grammar.')),
};

const BASE = map(
  'A span of ticks with a name.',
  {
    ...SHARED,
    tick_start: safeInteger('First tick.', { minimum: 0 }),
    tick_end: safeInteger('Last tick, inclusive.', { minimum: 0 }),
  },
  ['window_id', 'tick_start', 'tick_end'],
);

const DERIVED = map(
  'A window derived from others; it extends from the earliest start to the latest end of its sources.',
  {
    ...SHARED,
    source_ids: list(name('Id of a window of the grammar.'), 'Source windows.', {
      minItems: 1,
      uniqueItems: true,
    }),
    aggregation: orNull(name('How the sources are combined; informative.', { examples: ['aggregate'] })),
  },
  ['window_id', 'source_ids'],
);

/** AEON grammar: names for spans of ticks and their containment. */
export const AEON_SCHEMA = documentSchema(
  'aeon',
  'AEON grammar',
  map(
    'Names for spans of ticks, and their derivation from each other. It changes no result.',
    {
      v: documentVersion(1),
      base_windows: mapOf(BASE, 'Windows that are spans of ticks, by id.'),
      derived_windows: orNull(mapOf(DERIVED, 'Windows derived from others, by id.')),
    },
    ['base_windows'],
  ),
);
export type AeonDocument = Infer<typeof AEON_SCHEMA>;
