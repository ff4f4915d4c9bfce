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
}

export const TICK_VIEW: WireSchema = object('Everything recorded about one tick.', {
  tick: integer('The tick.', { minimum: 1 }),
  ledger: freeObject('Its UMX tick ledger.'),
  p_block: freeObject('Its Loom P-block.'),
  i_block: orNull(freeObject('Its Loom I-block; null between two of them.')),
  u_entry: orNull(freeObject('Its U-ledger entry; null where the tick was never committed.')),
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

/** GET /runs/{run_id}/series. */
export interface Series {
  readonly run_id: string;
  readonly metric: SeriesMetric;
  readonly from: number;
  readonly to: number;
  /** Ticks between two points. */
  readonly stride: number;
  readonly live: boolean;
  readonly ticks: readonly number[];
  /** One number per tick, or for `u` one list of node values. */
  readonly values: readonly number[] | readonly (readonly number[])[];
  /** Nodes the columns of `u` show. */
  readonly nodes?: readonly number[];
}

export const SERIES: WireSchema = object(
  'A metric over ticks, thinned out to the number of points asked for.',
  {
    run_id: id('The run.'),
    metric: oneOf(SERIES_METRICS, 'What is shown.'),
    from: integer('First tick of the range.', { minimum: 0 }),
    to: integer('Last tick of the range.', { minimum: 0 }),
    stride: integer('Ticks between two points.', { minimum: 1 }),
    live: flag('True while the run goes on.'),
    ticks: list(integer('A tick.'), 'Ticks shown, ascending.'),
    values: list(
      { anyOf: [number('The value.'), list(number('A node value.'), 'The state.')] },
      'One per tick shown.',
    ),
  },
  { nodes: list(integer('A node id.'), 'Nodes that the lists of `u` show.') },
);

/** One entry of GET /runs/{run_id}/windows. */
export interface WindowView {
  readonly window_id: string;
  readonly apx_name: string;
  readonly start_tick: number;
  readonly end_tick: number;
  readonly primary: boolean;
  readonly manifest: Readonly<Record<string, unknown>> | null;
  readonly candidates: Readonly<Record<string, unknown>> | null;
}

export const WINDOW_VIEW: WireSchema = object('A window of a run.', {
  window_id: text('Its id.'),
  apx_name: text('Name of its manifest.'),
  start_tick: integer('First tick.'),
  end_tick: integer('Last tick.'),
  primary: flag('Whether its check is the one that envelopes carry.'),
  manifest: orNull(freeObject('Its APX manifest; null when the run ended before it closed.')),
  candidates: orNull(freeObject('The bits of every candidate.')),
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

/** GET /compare. */
export interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly equal: boolean;
  readonly summary: string;
  readonly divergence: Readonly<Record<string, unknown>> | null;
  readonly inputs: readonly unknown[];
}

export const COMPARISON: WireSchema = object('Where two runs part.', {
  a: id('One run.'),
  b: id('The other.'),
  equal: flag('True if their results are the same.'),
  summary: text('The same for people.'),
  divergence: orNull(freeObject('The first difference: tick, artefact, JSON pointer, both values.')),
  inputs: list({ description: 'A field that differs.' }, 'How their input documents differ.'),
});

export const CODEX_RECORD: WireSchema = freeObject('A motif or a proposal.');
