import fc from 'fast-check';
import t from 'tap';
import { TickBuckets, type TickNumbers } from '../../lib/service/live/tick-buckets.js';
import { seriesOf } from '../../lib/service/runs/series.js';
import type { Series, StateRows } from '../../lib/service/wire/run-data.js';
import { runId } from '../ids.js';

/** A run with one tick per state; only the sum is not zero. */
function bucketsOf(states: readonly (readonly number[])[], capacity: number): TickBuckets {
  const nodes = states.reduce((most, { length }) => Math.max(most, length), 0);
  const buckets = new TickBuckets(nodes, capacity);
  states.forEach((state, index) => buckets.add(index + 1, numbersOf(sum(state)), state));
  return buckets;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function numbersOf(sum_u: number): TickNumbers {
  return { sum_u, max_abs_u: 0, sum_abs_flux: 0, active_edges: 0, C_t: 0, s_t: 0 };
}

function shown(buckets: TickBuckets, metric: 'sum_u' | 'u', points: number): Series {
  return seriesOf({ run_id: runId('r'), live: true, buckets }, { metric, points });
}

const states = fc.integer({ min: 1, max: 300 }).chain((nodes) =>
  fc.array(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: nodes, maxLength: nodes }), {
    minLength: 1,
    maxLength: 90,
  }),
);
const shape = {
  capacity: fc.integer({ min: 1, max: 16 }).map((half) => 2 * half),
  points: fc.integer({ min: 4, max: 60 }),
};

void t.test('a series keeps extremes, both ends and true values for any number of points', (t) => {
  fc.assert(
    fc.property(states, shape.capacity, shape.points, (run, capacity, points) => {
      const series = shown(bucketsOf(run, capacity), 'sum_u', points);
      const truth = run.map(sum);
      const values = series.values as readonly number[];
      t.ok(values.length <= points);
      t.strictSame([series.from, series.to], [1, run.length]);
      t.strictSame([series.ticks[0], series.ticks.at(-1)], [1, run.length]);
      t.strictSame([Math.min(...values), Math.max(...values)], [Math.min(...truth), Math.max(...truth)]);
      t.ok(series.ticks.every((tick, at) => at === 0 || tick > series.ticks[at - 1]!));
      t.ok(series.ticks.every((tick, at) => values[at] === truth[tick - 1]));
    }),
    { numRuns: 60 },
  );
  t.end();
});

/** A graph that grows and shrinks: one state per tick, each with any of the nodes, and every node at some tick. */
const growing = states.chain((run) =>
  fc
    .array(fc.integer({ min: 0, max: run[0]!.length }), { minLength: run.length, maxLength: run.length })
    .map((lengths) =>
      run.map((state, tick) => (tick === run.length - 1 ? state : state.slice(0, lengths[tick]))),
    ),
);

/** All values that a cell of a matrix covers. */
function cellOf(
  run: readonly (readonly number[])[],
  { ticks, nodes, node_counts }: Series,
  at: Cell,
): readonly number[] {
  const first = nodes![at.row]! - 1;
  return run
    .slice(at.column === 0 ? 0 : ticks[at.column - 1], ticks[at.column])
    .flatMap((state) => state.slice(first, first + node_counts![at.row]!));
}

interface Cell {
  readonly column: number;
  readonly row: number;
}

for (const [graph, runs] of Object.entries({
  'of a graph that stays': states,
  'of one that grows': growing,
})) {
  void t.test(`cells of a matrix ${graph} have the minimum, maximum and mean of their values`, (t) => {
    fc.assert(
      fc.property(runs, shape.capacity, shape.points, (run, capacity, points) => {
        const series = shown(bucketsOf(run, capacity), 'u', points);
        const mean = series.values as StateRows;
        t.equal(series.ticks.at(-1), run.length, 'the last tick is shown');
        t.equal(sum(series.node_counts!), run.at(-1)!.length, 'every node is shown');
        series.ticks.forEach((_, column) => {
          series.nodes!.forEach((_, row) => {
            const cell = cellOf(run, series, { column, row });
            const [least, most] = [series.least ?? mean, series.most ?? mean].map(
              (rows) => rows[column]![row]!,
            );
            const isNone =
              cell.length === 0 && least === null && most === null && mean[column]![row] === null;
            const isRight =
              least === Math.min(...cell) &&
              most === Math.max(...cell) &&
              Math.abs(mean[column]![row]! - sum(cell) / cell.length) < 0.0051;
            if (!isNone && !isRight) t.fail(`column ${String(column)}, row ${String(row)}`);
          });
        });
      }),
      { numRuns: 40 },
    );
    t.end();
  });
}

void t.test('a range that begins in a bucket gets the whole bucket and reports it', (t) => {
  const run = Array.from({ length: 64 }, (_, n) => [n]);
  const buckets = bucketsOf(run, 8);
  t.equal(buckets.stride, 8);
  const series = seriesOf({ run_id: runId('r'), live: true, buckets }, { from: 12, to: 20 });
  t.strictSame([series.from, series.to], [9, 24]);
  t.end();
});

void t.test('merged values report the number of their ticks and nodes', (t) => {
  const run = Array.from({ length: 40 }, () => Array.from({ length: 400 }, (_, n) => n));
  const series = shown(bucketsOf(run, 64), 'u', 20);
  t.equal(series.stride, 2);
  t.equal(series.nodes!.length, 128);
  t.strictSame([...new Set(series.node_counts)].sort(), [3, 4]);
  t.end();
});
