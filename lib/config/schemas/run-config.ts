import {
  flag,
  list,
  mapOf,
  name,
  node,
  oneOf,
  orNull,
  safeInteger,
  text,
  type Schema,
  type SchemaNode,
  type Infer,
} from '../../base/schema.js';
import { DESCRIPTOR_TYPES, LOG_LEVELS, SCHEMES, STREAM_SOURCES } from '../../engine/inputs.js';
import { GOVERNANCE_BLOCK } from './governance.js';
import { ENABLED, NAP_FIELDS } from './profile.js';
import { documentSchema, documentVersion, listOrMap, map, note, path } from './document-schema.js';

/** Two sequence numbers follow the last tick, and both must be storable. */
const MOST_TICKS = Number.MAX_SAFE_INTEGER - 2;

const STREAM = map(
  'One stream of values that Press accounts for.',
  {
    name: name('Name of the stream.', { examples: ['S1_post_u_deltas'] }),
    source: oneOf(STREAM_SOURCES, 'Source of its values.'),
    scheme_hint: orNull(oneOf(SCHEMES, 'Coding scheme to use instead of the best one.')),
    description: orNull(text('For people; default the name.')),
  },
  ['name', 'source'],
);

const PARAMS = map('The prediction; the keys depend on the type.', {
  value: safeInteger('CONST_SEGMENT: every value.'),
  pattern: list(safeInteger('One value.'), 'RUN_SEGMENT: values of consecutive ticks.', { minItems: 1 }),
  repeats: safeInteger('RUN_SEGMENT: number of repetitions of the pattern.', { minimum: 1 }),
  intercept: safeInteger('LINEAR_TREND: value at tick 0 of the trend.'),
  slope: safeInteger('LINEAR_TREND: growth per tick.'),
  start_tick: safeInteger('LINEAR_TREND: tick of the trend at the first tick of the window.', { default: 0 }),
});

const DESCRIPTOR = map(
  'A prediction of one stream; Press accounts for the residuals.',
  {
    descriptor_id: name('Name of the descriptor.', { examples: ['d0'] }),
    descriptor_type: oneOf(DESCRIPTOR_TYPES, 'How the stream is predicted.'),
    window_id: name("The window's aeon_window_id when it has one, else its window_id."),
    stream_id: name('Stream that is predicted; equal to the key of the list.'),
    params: PARAMS,
    labels: orNull(list(name('A label.'), 'Names for people; their order is kept.')),
  },
  ['descriptor_id', 'descriptor_type', 'window_id', 'stream_id', 'params'],
);

const DESCRIPTORS = mapOf(
  list(DESCRIPTOR, 'Descriptors of one stream.'),
  'Descriptors of the view, by stream name.',
);

const WINDOW = map(
  'A span of ticks that Press accounts for together.',
  {
    window_id: name('Name of the window; unique in the run.', { examples: ['W1'] }),
    apx_name: name('Name of its manifest; unique in the run.', { examples: ['GF01_APX'] }),
    start_tick: safeInteger('First tick.', { minimum: 1 }),
    end_tick: safeInteger('Last tick, inclusive; at most `ticks`.', { minimum: 1 }),
    streams: orNull(list(STREAM, 'Streams; without any, the two default streams.')),
    aeon_window_id: orNull(text('Window of the AEON grammar that this window realises.')),
    apxi_enabled: orNull(flag('Whether the window gets an APXi view.', { default: false })),
    apxi_residual_scheme: orNull(oneOf(SCHEMES, 'Coding scheme of the residuals.', { default: 'R' })),
    apxi_descriptors: orNull(DESCRIPTORS),
  },
  ['window_id', 'apx_name', 'start_tick', 'end_tick'],
);

const WINDOWS = listOrMap(
  WINDOW,
  map(
    'A list of windows, or `{every, apx_name}`: consecutive windows of that many ticks.',
    {
      every: safeInteger('Ticks per window; the last may be shorter.', { minimum: 1, examples: [8] }),
      apx_name: name('Prefix of every manifest name.', { examples: ['APX'] }),
    },
    ['every', 'apx_name'],
  ),
);

/** Windows as written in a document: a list, or one window every N ticks. */
export type WindowsBlock = Infer<typeof WINDOWS>;
export type WindowEntry = Infer<typeof WINDOW>;

const DIAGNOSTICS = map('Checks per tick; they never change a result.', {
  check_conservation: flag('Report ticks whose sums differ.', { default: false }),
  allow_negative: orNull(flag('False: negative node values are violations.')),
  overflow_limit: orNull(
    safeInteger('Node values whose absolute value exceeds it are violations.', { minimum: 0 }),
  ),
  enforce_causal_radius: flag('A clamp by a causal radius is a violation.', { default: false }),
  enforce_epsilon_cap: flag('A cut by the epsilon cap is a violation.', { default: false }),
  kill_on_violation: flag('Fault the run at the first tick with a violation.', { default: false }),
  notes: note('Free notes'),
});

const LOGGING = map('Destination and level of the log of the run; never part of its results.', {
  enabled: ENABLED(false),
  level: oneOf(
    [...LOG_LEVELS, ...LOG_LEVELS.map((level) => level.toUpperCase() as Uppercase<typeof level>)],
    'Lowest level that is written.',
    {
      default: 'info',
    },
  ),
  destination: oneOf(['memory', 'stdout', 'file'], 'Destination of the log.', { default: 'memory' }),
  file_path: orNull(
    path('log', "File to write, for the destination file; below the store's logs folder.", {
      examples: ['nightly/run.log'],
    }),
  ),
  include_ticks: flag('Log every tick.', { default: true }),
  include_windows: flag('Log every closed window.', { default: true }),
});

const PROPERTIES = {
  v: documentVersion(1),
  gid: name('Graph of the run; equal to that of the topology.', { examples: ['GF01'] }),
  run_id: name('Name of the run inside its records.', { examples: ['gf01'] }),
  nid: orNull(name('Name of the node that emits envelopes; default the gid.')),
  topology_path: path('document', 'Topology document, relative to this file.', {
    examples: ['../topologies/gf01.yaml'],
  }),
  profile_path: path('document', 'Profile document, relative to this file.', {
    examples: ['../profiles/cmp-0.yaml'],
  }),
  ticks: safeInteger('Number of ticks.', { minimum: 1, maximum: MOST_TICKS, examples: [8] }),
  initial_state: list(safeInteger('Value of one node.'), 'State before tick 1: one integer per node.'),
  windows: WINDOWS,
  primary_window_id: orNull(
    name('Window whose manifest check the envelopes contain; for `every` the first by default.'),
  ),
  nap: orNull(map('Labels of the DATA envelopes; they override those of the profile.', NAP_FIELDS)),
  enable_codex: flag('Codex learns motifs.', { default: false }),
  enable_pfna: flag('Apply the PFNA document.', { default: false }),
  pfna_path: orNull(path('document', 'PFNA document, relative to this file.')),
  slp_path: orNull(path('document', 'SLP document of structural events, relative to this file.')),
  aeon_path: orNull(path('document', 'AEON grammar, relative to this file.')),
  governance: orNull(GOVERNANCE_BLOCK),
  diagnostics: orNull(DIAGNOSTICS),
  logging: orNull(LOGGING),
  metrics: orNull(map('Whether the run keeps its metrics record.', { enabled: ENABLED(true) })),
};

const REQUIRED = [
  'v',
  'gid',
  'run_id',
  'topology_path',
  'profile_path',
  'ticks',
  'initial_state',
  'windows',
] as const;

/** RunConfig: one run and the documents it uses. */
export const RUN_CONFIG_SCHEMA = documentSchema(
  'run-config',
  'RunConfig',
  map('One run: its graph, its profile, its ticks, windows and switches.', PROPERTIES, REQUIRED),
);

export type RunConfigDocument = Infer<typeof RUN_CONFIG_SCHEMA>;

/** A part of a RunConfig in a manifest: the same keys, none required. */
export function partialRunConfig(description: string): Schema<Readonly<Record<string, unknown>>> {
  return node({ ...withoutRequired(map('', PROPERTIES)), description });
}

/** Maps of several layers are merged, so each layer may be partial; lists are replaced as a whole. */
function withoutRequired(schema: SchemaNode): SchemaNode {
  if (!schema.properties) return schema;
  const relaxed = Object.entries(schema.properties).map(
    ([key, child]) => [key, withoutRequired(child)] as const,
  );
  return { ...schema, required: [], properties: Object.fromEntries(relaxed) };
}
