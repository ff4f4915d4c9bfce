import {
  type Infer,
  type Schema,
  either,
  extended,
  flag,
  id,
  integer,
  list,
  number,
  object,
  oneOf,
  orNull,
  runId,
  text,
} from '../../base/schema.js';
import { named, ref } from './named-schema.js';
import { DIVERGENCE, INPUT_DIFFERENCE } from './difference.js';
import { RECORDS } from './records.js';

/** GET /runs/{run_id}/ticks/{tick}. */
export const TICK_VIEW = named(
  'TickView',
  object('Everything recorded about one tick.', {
    tick: integer('The tick.', { minimum: 1 }),
    ledger: ref(RECORDS.ledger),
    p_block: ref(RECORDS.p_block),
    /** Null between two of them. */
    i_block: orNull(ref(RECORDS.i_block)),
    /** Null if the tick was not committed. */
    u_entry: orNull(ref(RECORDS.u_entry)),
    events: list(ref(RECORDS.event), 'Structural events that applied before its step.'),
  }),
);
export type TickView = Infer<typeof TICK_VIEW>;

export const SERIES_METRICS = [
  'sum_u',
  'max_abs_u',
  'sum_abs_flux',
  'active_edges',
  'C_t',
  's_t',
  'u',
] as const;
export type SeriesMetric = (typeof SERIES_METRICS)[number];

/** One list per column, one value per row of nodes; null if none of them is in the graph at that time. */
export type StateRows = readonly (readonly (number | null)[])[];

const MATRIX = list(
  list(orNull(number('A value.')), 'One per row; null if the graph has no such node at the tick.'),
  'One list per tick shown.',
);

/** GET /runs/{run_id}/series. */
export const SERIES = named(
  'Series',
  object(
    'A metric over ticks. If there are more ticks than points, they are grouped into buckets of `stride` ticks; for numbers, the minimum and maximum ' +
      'of each bucket are shown at their own ticks, and both ends of the range. For the state, each bucket is one column.',
    {
      run_id: runId('The run.'),
      metric: oneOf(SERIES_METRICS, 'The metric.'),
      from: integer('First tick covered by the points.', { minimum: 0 }),
      to: integer('Last tick covered by the points.', { minimum: 0 }),
      stride: integer('Ticks of a bucket; the last one may have fewer. 1: every tick is shown.', {
        minimum: 1,
      }),
      live: flag('True while the run is running.'),
      ticks: list(
        integer('A tick.'),
        'Ticks of the values, ascending. For `u` the last tick of each column, which begins after the one before.',
      ),
      /** All are numbers, or for `u` all are lists. */
      values: list(
        either(
          number('The value at the tick.'),
          list(
            orNull(number('Mean of the nodes of a row over the ticks of the column.')),
            'The state; null if the graph has no such node at the tick.',
          ),
        ),
        'One per tick shown.',
      ) as Schema<readonly number[] | StateRows>,
    },
    {
      least: extended(MATRIX, {
        description: 'Minima of `u`; absent if every value is that of one node at one tick.',
      }),
      most: extended(MATRIX, { description: 'Maxima of `u`; absent likewise.' }),
      nodes: list(
        integer('A node id.'),
        'The first node of each row of `u`; a row ends before the next begins.',
      ),
      node_counts: list(integer('Nodes.', { minimum: 1 }), 'Number of nodes in each row of `u`.'),
    },
  ),
);
export type Series = Infer<typeof SERIES>;

/** GET /runs/{run_id}/state. */
export const RUN_STATE = named(
  'RunState',
  object('The state after the last tick computed, of every node.', {
    run_id: runId('The run.'),
    tick: integer('The tick; 0 is the initial state.', { minimum: 0 }),
    live: flag('True while the run is running.'),
    u: list(
      integer('State of a node.'),
      'In the order of the nodes of the graph; empty before the run has begun.',
    ),
  }),
);
export type RunState = Infer<typeof RUN_STATE>;

/** One entry of GET /runs/{run_id}/windows. */
export const WINDOW_VIEW = named(
  'WindowView',
  object('A window of a run.', {
    window_id: text('Its id.'),
    apx_name: text('Name of its manifest.'),
    start_tick: integer('First tick.'),
    end_tick: integer('Last tick.'),
    primary: flag('True if the envelopes contain its check.'),
    /** Null when the run ended before it closed. */
    manifest: orNull(ref(RECORDS.manifest)),
    candidates: orNull(ref(RECORDS.candidates)),
    /** Null when the window has none. */
    apxi_view: orNull(ref(RECORDS.apxi_view)),
  }),
);
export type WindowView = Infer<typeof WINDOW_VIEW>;

/** GET /runs/{run_id}/ledger/{tick}/verify. */
export const ENTRY_VERDICT = named(
  'EntryVerdict',
  object('Verification of a U-ledger entry against the stored artefacts.', {
    tick: integer('The tick.'),
    ok: flag('True if every hash agrees.'),
    fields: list(
      object('One hash.', {
        field: text('The field.'),
        ok: flag('Whether it agrees.'),
        expected: orNull(text('The hash of the artefact.')),
        found: orNull(text('The hash in the entry.')),
      }),
      'The compared hashes.',
    ),
  }),
);
export type EntryVerdict = Infer<typeof ENTRY_VERDICT>;

export const TOPOLOGY = named(
  'Topology',
  object('The graph of a run.', {
    gid: text('Id of the graph.'),
    changes: list(integer('A tick.'), 'Ticks whose structural events change the graph, ascending.'),
    nodes: list(object('A node.', { node_id: integer('Id.'), label: text('Label.') }), 'Nodes.'),
    edges: list(
      object('An edge.', {
        e_id: integer('Id.'),
        i: integer('One end.'),
        j: integer('Other end.'),
        k: integer('Conductance.'),
        cap: integer('Cap on the flux.'),
      }),
      'Edges.',
    ),
  }),
);
export type Topology = Infer<typeof TOPOLOGY>;

/** A window of GET /runs/{run_id}/aeon. */
export const AEON_WINDOW = named(
  'AeonWindow',
  object('A window of the AEON grammar of a run.', {
    window_id: text('Its id.'),
    tick_start: integer('First tick.'),
    tick_end: integer('Last tick.'),
    source_ids: orNull(list(text('An id.'), 'Its source windows; null for a base window.')),
    parent_id: orNull(text('Its parent window.')),
    children: list(text('An id.'), 'Windows that name it as their parent.'),
    press_windows: list(text('An id.'), 'Press windows of the run that realise it.'),
    labels: list(text('A label.'), 'Names for people.'),
  }),
);
export type AeonWindowView = Infer<typeof AEON_WINDOW>;

/** GET /compare. */
export const COMPARISON = named(
  'Comparison',
  object('The first difference of two runs.', {
    a: id('One run.'),
    b: id('The other.'),
    equal: flag('True if their results are the same.'),
    summary: text('The difference as text.'),
    /** Null when the results are the same. */
    divergence: orNull(ref(DIVERGENCE)),
    inputs: list(ref(INPUT_DIFFERENCE), 'How their input documents differ; at most 100 fields of each.'),
    more_inputs: flag('True when they differ in more fields than `inputs` lists.'),
    documents: list(
      text('Name of a document.'),
      'Documents that differ, even if the differing fields are unknown.',
    ),
  }),
);
export type Comparison = Infer<typeof COMPARISON>;
