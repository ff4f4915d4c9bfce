import { list, name, orNull, safeInteger, text, type Infer } from '../../base/schema.js';
import { documentSchema, documentVersion, map } from './document-schema.js';

const TRANSFORM = map('Applied to every value at load: n = (x + origin) * scale, then clamped.', {
  scale: orNull(safeInteger('Factor.', { default: 1 })),
  origin: orNull(safeInteger('Added before scaling.', { default: 0 })),
  clamp_min: orNull(safeInteger('Lower bound of the result.')),
  clamp_max: orNull(safeInteger('Upper bound of the result.')),
});

const ENTRY = map(
  'External values that are added to the state before one tick.',
  {
    pfna_id: name('Name of the entry; once per tick.', { examples: ['in_01'] }),
    tick: safeInteger('Tick before which the values are added; 0 changes the initial state.', { minimum: 0 }),
    values: list(safeInteger('Amount added to the node.'), 'One integer per node, in node order.'),
    description: orNull(text('For people; never read.')),
  },
  ['pfna_id', 'tick', 'values'],
);

/** PFNA V0: external integer inputs of one run. */
export const PFNA_SCHEMA = documentSchema(
  'pfna',
  'PFNA V0',
  map(
    'External integer inputs of one run, by tick.',
    {
      v: documentVersion(0),
      pfna_id: name('Name of the bundle.', { examples: ['bundle'] }),
      gid: name('Graph of the run.', { examples: ['GF01'] }),
      run_id: name('Run the inputs belong to.', { examples: ['gf01-pfna'] }),
      nid: text('Source of the inputs.', { examples: ['sensor'] }),
      transform: orNull(TRANSFORM),
      entries: list(ENTRY, 'The entries, in any order.'),
    },
    ['v', 'pfna_id', 'gid', 'run_id', 'nid', 'entries'],
  ),
);
export type PfnaDocument = Infer<typeof PFNA_SCHEMA>;
