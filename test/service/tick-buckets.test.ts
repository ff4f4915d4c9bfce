import fc from 'fast-check';
import t from 'tap';
import { TickBuckets, type TickNumbers } from '../../lib/service/live/tick-buckets.js';
import { seriesOf } from '../../lib/service/runs/series.js';
import type { Series } from '../../lib/service/wire/run-data.js';

/** A run of as many ticks as there are states; the sum is the only number that is not zero. */
function bucketsOf(states: readonly (readonly number[])[], capacity: number): TickBuckets {
  const buckets = new TickBuckets(states[0]?.length ?? 1, capacity);
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
  const node_ids = Array.from({ length: buckets.nodes }, (_, n) => n + 1);
  return seriesOf({ run_id: 'r', live: true, buckets, node_ids }, { metric, points });
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

void t.test('a series keeps the extremes, both ends and true values, however few points there are', (t) => {
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

void t.test('every cell of a matrix is the least, greatest and mean of what it stands for', (t) => {
  fc.assert(
    fc.property(states, shape.capacity, shape.points, (run, capacity, points) => {
      const series = shown(bucketsOf(run, capacity), 'u', points);
      const { ticks, nodes = [], node_counts = [] } = series;
      const mean = series.values as readonly (readonly number[])[];
      t.equal(ticks.at(-1), run.length, 'the last tick is there');
      t.equal(sum(node_counts), run[0]!.length, 'every node is there');
      ticks.forEach((last, column) => {
        nodes.forEach((first, row) => {
          const cell = run
            .slice(column === 0 ? 0 : ticks[column - 1], last)
            .flatMap((state) => state.slice(first - 1, first - 1 + node_counts[row]!));
          const least = series.least?.[column]?.[row] ?? mean[column]![row];
          const most = series.most?.[column]?.[row] ?? mean[column]![row];
          if (least !== Math.min(...cell) || most !== Math.max(...cell)) t.fail(`${column} ${row}`);
          if (Math.abs(mean[column]![row]! - sum(cell) / cell.length) > 0.0051)
            t.fail(`mean ${column} ${row}`);
        });
      });
    }),
    { numRuns: 40 },
  );
  t.end();
});

void t.test('a range that begins within a bucket gets all of it and says so', (t) => {
  const run = Array.from({ length: 64 }, (_, n) => [n]);
  const buckets = bucketsOf(run, 8);
  t.equal(buckets.stride, 8);
  const series = seriesOf({ run_id: 'r', live: true, buckets, node_ids: [1] }, { from: 12, to: 20 });
  t.strictSame([series.from, series.to], [9, 24]);
  t.end();
});

void t.test('what was merged says how many ticks and nodes it stands for', (t) => {
  const run = Array.from({ length: 40 }, () => Array.from({ length: 400 }, (_, n) => n));
  const series = shown(bucketsOf(run, 64), 'u', 20);
  t.equal(series.stride, 2);
  t.equal(series.nodes!.length, 128);
  t.strictSame([...new Set(series.node_counts)].sort(), [3, 4]);
  t.end();
});
