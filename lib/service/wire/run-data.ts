import {
  flag,
  freeObject,
  id,
  integer,
  list,
  number,
  object,
  oneOf,
  orNull,
  text,
  type WireSchema,
} from './schema.js';

/** GET /runs/{run_id}/ticks/{tick}. */
export interface TickView {
  readonly tick: number;
  readonly ledger: Readonly<Record<string, unknown>>;
  readonly p_block: Readonly<Record<string, unknown>>;
  readonly i_block: Readonly<Record<string, unknown>> | null;
  readonly u_entry: Readonly<Record<string, unknown>> | null;
  /** Structural events that applied before the step, in order. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

export const TICK_VIEW: WireSchema = object('Everything recorded about one tick.', {
  tick: integer('The tick.', { minimum: 1 }),
  ledger: freeObject('Its UMX tick ledger.'),
  p_block: freeObject('Its Loom P-block.'),
  i_block: orNull(freeObject('Its Loom I-block; null between two of them.')),
  u_entry: orNull(freeObject('Its U-ledger entry; null where the tick was never committed.')),
  events: list(freeObject('A structural event.'), 'Structural events that applied before its step.'),
});

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

/** One list per column, one value per row of nodes; null where none of them is in the graph at that time. */
export type StateRows = readonly (readonly (number | null)[])[];

/** GET /runs/{run_id}/series. */
export interface Series {
  readonly run_id: string;
  readonly metric: SeriesMetric;
  /** First and last tick that the points stand for. */
  readonly from: number;
  readonly to: number;
  /** Ticks of a bucket; 1: every tick is here. */
  readonly stride: number;
  readonly live: boolean;
  readonly ticks: readonly number[];
  /** One number per tick, or for `u` one list per tick: the mean of each row. */
  readonly values: readonly number[] | StateRows;
  /** For `u`, where a value stands for more than one: the least value of each row, one list per tick. */
  readonly least?: StateRows;
  /** The greatest likewise. */
  readonly most?: StateRows;
  /** For `u`: the first node of each row. */
  readonly nodes?: readonly number[];
  /** For `u`: how many nodes each row stands for. */
  readonly node_counts?: readonly number[];
}

const MATRIX = list(
  list(orNull(number('A value.')), 'One per row; null where the graph has no such node then.'),
  'One list per tick shown.',
);

export const SERIES: WireSchema = object(
  'A metric over ticks. More ticks than points are cut into buckets of `stride` ticks; of a number, the least and the greatest value ' +
    'of each bucket are shown at their own ticks, and both ends of the range. Of the state, each bucket is one column.',
  {
    run_id: id('The run.'),
    metric: oneOf(SERIES_METRICS, 'What is shown.'),
    from: integer('First tick that the points stand for.', { minimum: 0 }),
    to: integer('Last tick that the points stand for.', { minimum: 0 }),
    stride: integer('Ticks of a bucket; the last one may have fewer. 1: every tick is shown.', {
      minimum: 1,
    }),
    live: flag('True while the run goes on.'),
    ticks: list(
      integer('A tick.'),
      'Ticks of the values, ascending. For `u` the last tick of each column, which begins after the one before.',
    ),
    values: list(
      {
        anyOf: [
          number('The value at the tick.'),
          list(
            orNull(number('Mean of the nodes of a row over the ticks of the column.')),
            'The state; null where the graph has no such node then.',
          ),
        ],
      },
      'One per tick shown.',
    ),
  },
  {
    least: {
      ...MATRIX,
      description: 'Least values of `u`; absent where every value is that of one node at one tick.',
    },
    most: { ...MATRIX, description: 'Greatest values of `u`; absent likewise.' },
    nodes: list(
      integer('A node id.'),
      'The first node of each row of `u`; a row ends before the next begins.',
    ),
    node_counts: list(integer('Nodes.', { minimum: 1 }), 'How many nodes each row of `u` stands for.'),
  },
);

/** GET /runs/{run_id}/state. */
export interface RunState {
  readonly run_id: string;
  readonly tick: number;
  readonly live: boolean;
  readonly u: readonly number[];
}

export const RUN_STATE: WireSchema = object('The state after the last tick computed, of every node.', {
  run_id: id('The run.'),
  tick: integer('The tick; 0 is the initial state.', { minimum: 0 }),
  live: flag('True while the run goes on.'),
  u: list(
    integer('State of a node.'),
    'In the order of the nodes of the graph; empty before the run has begun.',
  ),
});

/** One entry of GET /runs/{run_id}/windows. */
export interface WindowView {
  readonly window_id: string;
  readonly apx_name: string;
  readonly start_tick: number;
  readonly end_tick: number;
  readonly primary: boolean;
  readonly manifest: Readonly<Record<string, unknown>> | null;
  readonly candidates: Readonly<Record<string, unknown>> | null;
  readonly apxi_view: Readonly<Record<string, unknown>> | null;
}

export const WINDOW_VIEW: WireSchema = object('A window of a run.', {
  window_id: text('Its id.'),
  apx_name: text('Name of its manifest.'),
  start_tick: integer('First tick.'),
  end_tick: integer('Last tick.'),
  primary: flag('Whether its check is the one that envelopes carry.'),
  manifest: orNull(freeObject('Its APX manifest; null when the run ended before it closed.')),
  candidates: orNull(freeObject('The bits of every candidate.')),
  apxi_view: orNull(freeObject('Its APXi view; null when the window has none.')),
});

export const U_ENTRY: WireSchema = freeObject('A U-ledger entry.');
export const ENVELOPE: WireSchema = freeObject('A NAP envelope.');

/** GET /runs/{run_id}/ledger/{tick}/verify. */
export interface EntryVerdict {
  readonly tick: number;
  readonly ok: boolean;
  readonly fields: readonly {
    readonly field: string;
    readonly ok: boolean;
    readonly expected: string | null;
    readonly found: string | null;
  }[];
}

export const ENTRY_VERDICT: WireSchema = object(
  'Whether a U-ledger entry agrees with the stored artefacts.',
  {
    tick: integer('The tick.'),
    ok: flag('True if every hash agrees.'),
    fields: list(
      object('One hash.', {
        field: text('The field.'),
        ok: flag('Whether it agrees.'),
        expected: orNull(text('The hash of the artefact.')),
        found: orNull(text('The hash in the entry.')),
      }),
      'What was compared.',
    ),
  },
);

export interface Topology {
  readonly gid: string;
  /** Ticks whose structural events change the graph, ascending. */
  readonly changes: readonly number[];
  readonly nodes: readonly { readonly node_id: number; readonly label: string }[];
  readonly edges: readonly {
    readonly e_id: number;
    readonly i: number;
    readonly j: number;
    readonly k: number;
    readonly cap: number;
  }[];
}

export const TOPOLOGY: WireSchema = object('The graph a run works on.', {
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
});

/** A window of GET /runs/{run_id}/aeon. */
export interface AeonWindowView {
  readonly window_id: string;
  readonly tick_start: number;
  readonly tick_end: number;
  readonly source_ids: readonly string[] | null;
  readonly parent_id: string | null;
  readonly children: readonly string[];
  readonly press_windows: readonly string[];
  readonly labels: readonly string[];
}

export const AEON_WINDOW: WireSchema = object('A window of the AEON grammar of a run.', {
  window_id: text('Its id.'),
  tick_start: integer('First tick.'),
  tick_end: integer('Last tick.'),
  source_ids: orNull(list(text('An id.'), 'Windows that it is made of; null for a base window.')),
  parent_id: orNull(text('Window that it belongs to.')),
  children: list(text('An id.'), 'Windows that name it as their parent.'),
  press_windows: list(text('An id.'), 'Press windows of the run that realise it.'),
  labels: list(text('A label.'), 'Names for people.'),
});

/** GET /compare. */
export interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly equal: boolean;
  readonly summary: string;
  readonly divergence: Readonly<Record<string, unknown>> | null;
  readonly inputs: readonly unknown[];
  /** True when the documents differ in more fields than are listed. */
  readonly more_inputs: boolean;
  /** Documents that differ, also where it is not known in what. */
  readonly documents: readonly string[];
}

export const COMPARISON: WireSchema = object('Where two runs part.', {
  a: id('One run.'),
  b: id('The other.'),
  equal: flag('True if their results are the same.'),
  summary: text('The same for people.'),
  divergence: orNull(
    freeObject(
      'The first difference: tick, artefact, JSON pointer, both values; `more_fields` when its record differs in more than `fields`.',
    ),
  ),
  inputs: list(
    { description: 'A field that differs.' },
    'How their input documents differ; at most 100 fields of each.',
  ),
  more_inputs: flag('True when they differ in more fields than `inputs` lists.'),
  documents: list(text('Name of a document.'), 'Documents that differ, also where it is not known in what.'),
});

export const CODEX_RECORD: WireSchema = freeObject('A motif or a proposal.');
