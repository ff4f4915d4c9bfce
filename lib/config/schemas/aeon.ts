import { documentSchema, integer, listOf, map, name, orNull, type SchemaNode } from './schema-node.js';

const SHARED: Readonly<Record<string, SchemaNode>> = {
  window_id: name('Id of the window; equal to its key.', { examples: ['AEON_W1'] }),
  labels: orNull(listOf(name('A label.'), 'Names for people.')),
  press_window_id: orNull(name('Press window or manifest that realises this window; informative.')),
  parent_id: orNull(name('Parent window in the grammar.')),
};

const BASE = map(
  'A span of ticks with a name.',
  {
    ...SHARED,
    tick_start: integer('First tick.', { minimum: 0 }),
    tick_end: integer('Last tick, inclusive.', { minimum: 0 }),
  },
  ['window_id', 'tick_start', 'tick_end'],
);

const DERIVED = map(
  'A window derived from others; it extends from the earliest start to the latest end of its sources.',
  {
    ...SHARED,
    source_ids: listOf(name('Id of a window of the grammar.'), 'Source windows.', {
      minItems: 1,
      uniqueItems: true,
    }),
    aggregation: orNull(name('How the sources are combined; informative.', { examples: ['aggregate'] })),
  },
  ['window_id', 'source_ids'],
);

function byId(description: string, window: SchemaNode): SchemaNode {
  return { type: 'object', description, additionalProperties: window };
}

/** AEON grammar: names for spans of ticks and their containment. */
export const AEON_SCHEMA = documentSchema(
  'aeon',
  'AEON grammar',
  map(
    'Names for spans of ticks, and their derivation from each other. It changes no result.',
    {
      v: { type: 'integer', const: 1, description: 'Version of the document shape.' },
      base_windows: byId('Windows that are spans of ticks, by id.', BASE),
      derived_windows: orNull(byId('Windows derived from others, by id.', DERIVED)),
    },
    ['base_windows'],
  ),
);
