import { largestGraph } from '../../engine/umx/graph-walk.js';
import type { RunInputs } from '../../engine/inputs.js';
import { PRESS } from '../columns/observable-columns.js';
import type { Value } from '../columns/value.js';
import { nearNames } from '../find/near-names.js';
import { problem, selected, unknownName, type Selected } from '../selection/selection.js';
import { chainValue, eachState, fluxOf, lastInteger, stateOf, sumAbsFlux } from './tick-fields.js';

/** A value for each tick, and the artefact with its records. */
export interface Metric {
  readonly name: string;
  readonly kind: 'umx_ledger' | 'loom_p_blocks';
  /** The value in the record of a tick. */
  readonly of: (record: string) => Value;
}

/** Bits of the windows that close at a tick, of one stream or of all; null at all other ticks. */
export interface PressMetric {
  readonly name: string;
  readonly kind: 'apx_manifests';
  /** Null for all streams. */
  readonly stream: string | null;
}

export type SeriesMetric = Metric | PressMetric;

const PLAIN: Readonly<Record<string, Omit<Metric, 'name'>>> = {
  C_t: { kind: 'loom_p_blocks', of: chainValue },
  s_t: { kind: 'loom_p_blocks', of: (block) => lastInteger(block, 's_t') },
  sum_abs_flux: { kind: 'loom_p_blocks', of: sumAbsFlux },
  sum_u: { kind: 'umx_ledger', of: (ledger) => lastInteger(ledger, 'sum_post_u') },
  min_u: { kind: 'umx_ledger', of: (ledger) => extreme(ledger, Math.min, Infinity) },
  max_u: { kind: 'umx_ledger', of: (ledger) => extreme(ledger, Math.max, -Infinity) },
  nonzero_nodes: { kind: 'umx_ledger', of: nonzeroNodes },
};

/** Forms of metrics, for help and messages. */
export const METRIC_NAMES = [
  ...Object.keys(PLAIN),
  'u[<node>]',
  'f[<edge>]',
  'press_bits',
  'press_bits.<stream>',
];

/**
 * The metrics for names, lists of names, `u[*]` and `f[*]`. A node or edge that is not in the graph of any
 * run is refused, and so is a stream that no run has.
 */
export function seriesMetrics(
  written: readonly string[],
  inputs: readonly RunInputs[],
): Selected<readonly SeriesMetric[]> {
  const graphs = inputs.map(largestGraph);
  const known: Known = {
    u: Math.max(0, ...graphs.map(({ nodes }) => nodes)),
    f: Math.max(0, ...graphs.map(({ edges }) => edges)),
    streams: new Set(
      inputs.flatMap(({ run }) => run.windows.flatMap(({ streams }) => streams.map(({ name }) => name))),
    ),
  };
  const found = new Map<string, SeriesMetric>();
  for (const name of written.flatMap((text) => text.split(',')).map((text) => text.trim())) {
    if (name === '') continue;
    const all = /^([uf])\[\*\]$/.exec(name)?.[1] as 'u' | 'f' | undefined;
    const names = all === undefined ? [name] : numbered(all, known[all]);
    for (const one of names) {
      const metric = metricOf(one, known);
      if (!metric.ok) return metric;
      found.set(one, metric.value);
    }
  }
  if (found.size === 0) {
    return problem('malformed', 'no metric is named', `expected one of ${METRIC_NAMES.join(', ')}`);
  }
  return selected([...found.values()]);
}

/** Nodes, edges and streams of the selected runs. */
interface Known {
  readonly u: number;
  readonly f: number;
  readonly streams: ReadonlySet<string>;
}

function metricOf(name: string, known: Known): Selected<SeriesMetric> {
  const plain = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  if (plain !== undefined) return selected({ name, ...plain });
  if (name === 'press_bits') return selected({ name, kind: 'apx_manifests', stream: null });
  if (name.startsWith(PRESS)) return pressMetric(name, known.streams);
  const [, letter, digits] = /^([uf])\[([1-9][0-9]{0,8})\]$/.exec(name) ?? [];
  if (letter === undefined) {
    const near = nearNames(name, Object.keys(PLAIN));
    const message = `there is no metric ${name}`;
    if (near.length > 0) return unknownName(message, near);
    return problem('unknown', message, `expected one of ${METRIC_NAMES.join(', ')}`);
  }
  const number = Number(digits);
  const [what, last] = letter === 'u' ? ['node', known.u] : ['edge', known.f];
  if (number > last) {
    return problem(
      'unknown',
      `no selected run has ${what} ${digits!}`,
      `${what}s are numbered from 1 to ${String(last)}`,
    );
  }
  return letter === 'u'
    ? selected({ name, kind: 'umx_ledger', of: (ledger) => stateOf(ledger, number) })
    : selected({ name, kind: 'loom_p_blocks', of: (block) => fluxOf(block, number) });
}

function pressMetric(name: string, streams: ReadonlySet<string>): Selected<SeriesMetric> {
  const stream = name.slice(PRESS.length);
  if (streams.has(stream)) return selected({ name, kind: 'apx_manifests', stream });
  const near = nearNames(stream, streams).map((one) => `${PRESS}${one}`);
  return unknownName(`no selected run has a stream ${stream}`, near);
}

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${letter}[${String(n + 1)}]`);
}

function extreme(ledger: string, pick: (a: number, b: number) => number, start: number): Value {
  let found = start;
  eachState(ledger, (value) => {
    found = pick(found, value);
  });
  return Number.isFinite(found) ? found : null;
}

function nonzeroNodes(ledger: string): number {
  let count = 0;
  eachState(ledger, (value) => {
    if (value !== 0) count++;
  });
  return count;
}
