import { DESCRIPTOR_TYPES, LOG_LEVELS, SCHEMES, STREAM_SOURCES } from '../../engine/inputs.js';
import { GOVERNANCE_BLOCK } from './governance.js';
import { ENABLED, NAP_FIELDS } from './profile.js';
import {
  documentSchema,
  flag,
  integer,
  listOf,
  map,
  name,
  oneOf,
  orNull,
  path,
  text,
  type SchemaNode,
} from './schema-node.js';

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
  value: integer('CONST_SEGMENT: every value.'),
  pattern: listOf(integer('One value.'), 'RUN_SEGMENT: values of consecutive ticks.', { minItems: 1 }),
  repeats: integer('RUN_SEGMENT: number of repetitions of the pattern.', { minimum: 1 }),
  intercept: integer('LINEAR_TREND: value at tick 0 of the trend.'),
  slope: integer('LINEAR_TREND: growth per tick.'),
  start_tick: integer('LINEAR_TREND: tick of the trend at the first tick of the window.', { default: 0 }),
});

const DESCRIPTOR = map(
  'A prediction of one stream; Press accounts for the residuals.',
  {
    descriptor_id: name('Name of the descriptor.', { examples: ['d0'] }),
    descriptor_type: oneOf(DESCRIPTOR_TYPES, 'How the stream is predicted.'),
    window_id: name("The window's aeon_window_id when it has one, else its window_id."),
    stream_id: name('Stream that is predicted; equal to the key of the list.'),
    params: PARAMS,
    labels: orNull(listOf(name('A label.'), 'Names for people; their order is kept.')),
  },
  ['descriptor_id', 'descriptor_type', 'window_id', 'stream_id', 'params'],
);

const DESCRIPTORS: SchemaNode = {
  type: 'object',
  description: 'Descriptors of the view, by stream name.',
  additionalProperties: listOf(DESCRIPTOR, 'Descriptors of one stream.'),
};

const WINDOW = map(
  'A span of ticks that Press accounts for together.',
  {
    window_id: name('Name of the window; unique in the run.', { examples: ['W1'] }),
    apx_name: name('Name of its manifest; unique in the run.', { examples: ['GF01_APX'] }),
    start_tick: integer('First tick.', { minimum: 1 }),
    end_tick: integer('Last tick, inclusive; at most `ticks`.', { minimum: 1 }),
    streams: orNull(listOf(STREAM, 'Streams; without any, the two default streams.')),
    aeon_window_id: orNull(text('Window of the AEON grammar that this window realises.')),
    apxi_enabled: orNull({
      type: 'boolean',
      default: false,
      description: 'Whether the window gets an APXi view.',
    }),
    apxi_residual_scheme: orNull(oneOf(SCHEMES, 'Coding scheme of the residuals.', { default: 'R' })),
    apxi_descriptors: orNull(DESCRIPTORS),
  },
  ['window_id', 'apx_name', 'start_tick', 'end_tick'],
);

const WINDOWS: SchemaNode = {
  ...map(
    'A list of windows, or `{every, apx_name}`: consecutive windows of that many ticks.',
    {
      every: integer('Ticks per window; the last may be shorter.', { minimum: 1, examples: [8] }),
      apx_name: name('Prefix of every manifest name.', { examples: ['APX'] }),
    },
    ['every', 'apx_name'],
  ),
  type: ['array', 'object'],
  minItems: 1,
  items: WINDOW,
};

const DIAGNOSTICS = map('Checks per tick; they never change a result.', {
  check_conservation: flag('Report ticks whose sums differ.', false),
  allow_negative: orNull({ type: 'boolean', description: 'False: negative node values are violations.' }),
  overflow_limit: orNull(
    integer('Node values whose absolute value exceeds it are violations.', { minimum: 0 }),
  ),
  enforce_causal_radius: flag('A clamp by a causal radius is a violation.', false),
  enforce_epsilon_cap: flag('A cut by the epsilon cap is a violation.', false),
  kill_on_violation: flag('Fault the run at the first tick with a violation.', false),
  notes: { description: 'Free notes; never read.' },
});

const LOGGING = map('Destination and level of the log of the run; never part of its results.', {
  enabled: ENABLED(false),
  level: oneOf(
    [...LOG_LEVELS, ...LOG_LEVELS.map((level) => level.toUpperCase())],
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
  include_ticks: flag('Log every tick.', true),
  include_windows: flag('Log every closed window.', true),
});

const PROPERTIES: Readonly<Record<string, SchemaNode>> = {
  v: { type: 'integer', const: 1, description: 'Version of the document shape.' },
  gid: name('Graph of the run; equal to that of the topology.', { examples: ['GF01'] }),
  run_id: name('Name of the run inside its records.', { examples: ['gf01'] }),
  nid: orNull(name('Name of the node that emits envelopes; default the gid.')),
  topology_path: path('document', 'Topology document, relative to this file.', {
    examples: ['../topologies/gf01.yaml'],
  }),
  profile_path: path('document', 'Profile document, relative to this file.', {
    examples: ['../profiles/cmp-0.yaml'],
  }),
  ticks: integer('Number of ticks.', { minimum: 1, maximum: MOST_TICKS, examples: [8] }),
  initial_state: listOf(integer('Value of one node.'), 'State before tick 1: one integer per node.'),
  windows: WINDOWS,
  primary_window_id: orNull(
    name('Window whose manifest check the envelopes contain; for `every` the first by default.'),
  ),
  nap: orNull(map('Labels of the DATA envelopes; they override those of the profile.', NAP_FIELDS)),
  enable_codex: flag('Codex learns motifs.', false),
  enable_pfna: flag('Apply the PFNA document.', false),
  pfna_path: orNull(path('document', 'PFNA document, relative to this file.')),
  slp_path: orNull(path('document', 'SLP document of structural events, relative to this file.')),
  aeon_path: orNull(path('document', 'AEON grammar, relative to this file.')),
  governance: orNull(GOVERNANCE_BLOCK),
  diagnostics: orNull(DIAGNOSTICS),
  logging: orNull(LOGGING),
  metrics: orNull(map('Whether the run keeps its metrics record.', { enabled: ENABLED(true) })),
};

const REQUIRED = ['v', 'gid', 'run_id', 'topology_path', 'profile_path', 'ticks', 'initial_state', 'windows'];

/** RunConfig: one run and the documents it uses. */
export const RUN_CONFIG_SCHEMA = documentSchema(
  'run-config',
  'RunConfig',
  map('One run: its graph, its profile, its ticks, windows and switches.', PROPERTIES, REQUIRED),
);

/** A part of a RunConfig in a manifest: the same keys, none required. */
export function partialRunConfig(description: string): SchemaNode {
  return { ...withoutRequired(map('', PROPERTIES)), description };
}

/** Maps of several layers are merged, so each layer may be partial; lists are replaced as a whole. */
function withoutRequired(node: SchemaNode): SchemaNode {
  if (!node.properties) return node;
  const relaxed = Object.entries(node.properties).map(
    ([key, child]) => [key, withoutRequired(child)] as const,
  );
  return { ...node, required: [], properties: Object.fromEntries(relaxed) };
}
