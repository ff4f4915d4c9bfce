import fc from 'fast-check';
import t from 'tap';
import { RUN_NAME } from '../../lib/base/run-name.js';
import { expandCells } from '../../lib/batch/expand/expand.js';
import { cellBound } from '../../lib/config/index.js';
import type { Sweep } from '../../lib/config/index.js';
import type { Json } from '../../lib/base/canonical-json.js';

const names = (sweep: Sweep, scenario = 's'): string[] =>
  [...expandCells(scenario, sweep)].map((cell) => cell.name);
const cells = (sweep: Sweep): Readonly<Record<string, Json>>[] =>
  [...expandCells('s', sweep)].map((cell) => cell.values);

void t.test("a plain scenario expands to one run with the scenario's name", (inner) => {
  inner.strictSame([...expandCells('gf01', {})], [{ name: 'gf01', values: {} }]);
  inner.end();
});

void t.test('the contract example is named as printed', (inner) => {
  const sweep = {
    matrix: { profile_path: ['../profiles/cmp-0.yaml', '../profiles/cmp-1.yaml'], ticks: [8, 64] },
  };
  inner.strictSame(names(sweep, 'ring-5'), [
    'ring-5[ticks=8,profile=cmp-0]',
    'ring-5[ticks=64,profile=cmp-0]',
    'ring-5[ticks=8,profile=cmp-1]',
    'ring-5[ticks=64,profile=cmp-1]',
  ]);
  inner.end();
});

void t.test('ranges include both ends if the step reaches them', (inner) => {
  inner.strictSame(
    cells({ matrix: { a: { range: [0, 100, 50] } } }).map((cell) => cell['a']),
    [0, 50, 100],
  );
  inner.strictSame(
    cells({ matrix: { a: { range: [10, 0, -4] } } }).map((cell) => cell['a']),
    [10, 6, 2],
  );
  inner.end();
});

void t.test('zipped keys vary together and multiply with the matrix', (inner) => {
  const sweep = { matrix: { m: [1, 2] }, zip: { a: [10, 20], b: ['x', 'y'] } };
  inner.strictSame(names(sweep), [
    's[a=10,b=x,m=1]',
    's[a=20,b=y,m=1]',
    's[a=10,b=x,m=2]',
    's[a=20,b=y,m=2]',
  ]);
  inner.end();
});

void t.test('exclude removes every combination that has all of its values', (inner) => {
  const sweep = { matrix: { a: [1, 2], b: [1, 2] }, exclude: [{ a: 1, b: 2 }, { a: 2 }] };
  inner.strictSame(names(sweep), ['s[a=1,b=1]']);
  inner.end();
});

void t.test('include extends combinations that agree, otherwise adds a combination', (inner) => {
  const sweep = {
    matrix: { a: [1, 2] },
    include: [{ c: 0 }, { a: 2, c: 7 }, { a: 3, d: 1 }, { a: 1 }],
  };
  inner.strictSame(names(sweep), ['s[a=1,c=0]', 's[a=2,c=7]', 's[a=3,d=1]']);
  inner.strictSame(names({ include: [{ a: 1 }, { a: 2, b: 3 }] }), ['s[a=1]', 's[a=2,b=3]']);
  inner.strictSame(names({ matrix: { a: [1] }, exclude: [{ a: 1 }], include: [{ a: 1 }] }), ['s[a=1]']);
  inner.end();
});

void t.test('random draws are repeatable and independent', (inner) => {
  const over = { a: { range: [0, 1_000_000, 1] }, b: ['x', 'y', 'z'] } as const;
  const drawn = cells({ random: { count: 20, seed: 7, over } });
  inner.strictSame(cells({ random: { count: 20, seed: 7, over } }), drawn);
  inner.strictSame(
    cells({ random: { count: 30, seed: 7, over } }).slice(0, 20),
    drawn,
    'further draws are appended',
  );
  inner.strictSame(
    cells({ random: { count: 20, seed: 7, over: { a: over.a } } }).map((cell) => cell['a']),
    drawn.map((cell) => cell['a']),
    'another key does not change the draws',
  );
  inner.notSame(cells({ random: { count: 20, seed: 8, over } }), drawn, 'another seed changes the draws');
  inner.strictSame(drawn[0], { a: 687001, b: 'z' }, 'pinned: drawn values are part of run names');
  inner.end();
});

void t.test('fixed values replace varying values', (inner) => {
  const sweep = { matrix: { ticks: [8, 64], a: [1, 2] } };
  const fixed = new Map([['ticks', 9]]);
  inner.strictSame(
    [...expandCells('s', sweep, fixed)].map((cell) => cell.name),
    ['s[ticks=9,a=1]', 's[ticks=9,a=2]'],
  );
  inner.end();
});

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom('a/cmp.yaml', 'b/cmp.yaml', 'CMP', 'cmp', '64', 'true', '', 'x,y=z]'),
);
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.integer(),
  text,
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const key = fc.constantFrom(
  'ticks',
  'profile_path',
  'topology_path',
  'initial_state[0]',
  'profile.SC',
  'topology.SC',
  'profile.press_defaults.accounting',
  'governance.governance_mode',
);
const axes = fc.dictionary(key, fc.array(value, { minLength: 1, maxLength: 4 }), { maxKeys: 3 });
const entries = fc.array(fc.dictionary(key, value, { minKeys: 1, maxKeys: 2 }), { maxLength: 3 });
const sweeps = fc.record({ matrix: axes, include: entries, exclude: entries });

void t.test('different cells have different names, and every name is a legal id', (inner) => {
  fc.assert(
    fc.property(sweeps, (sweep) => {
      const byName = new Map<string, string>();
      const byCell = new Set<string>();
      for (const cell of expandCells('scenario-1', sweep)) {
        const shown = JSON.stringify(Object.entries(cell.values).sort());
        if (!new RegExp(RUN_NAME).test(cell.name)) throw new Error(`not an id: ${cell.name}`);
        if (byName.has(cell.name))
          throw new Error(`${cell.name} names ${shown} and ${byName.get(cell.name)!}`);
        if (byCell.has(shown)) throw new Error(`${shown} has two names`);
        byName.set(cell.name, shown);
        byCell.add(shown);
      }
      return byName.size <= cellBound(sweep);
    }),
    { numRuns: 500, seed: 1 },
  );
  inner.pass('500 sweeps');
  inner.end();
});

void t.test('names do not depend on the order of keys, values and rows', (inner) => {
  const reversed = (map: Record<string, Json[]>): Record<string, Json[]> =>
    Object.fromEntries(
      Object.entries(map)
        .reverse()
        .map(([name, values]) => [name, [...values].reverse()]),
    );
  fc.assert(
    fc.property(axes, entries, (matrix, exclude) => {
      const forward = names({ matrix, exclude }).sort();
      const backward = names({ matrix: reversed(matrix), exclude: [...exclude].reverse() }).sort();
      inner.strictSame(backward, forward);
    }),
    { numRuns: 100, seed: 2 },
  );
  inner.end();
});

void t.test('expansion is lazy', (inner) => {
  const range = { range: [0, 2 ** 50, 1] } as const;
  const sweep = { matrix: { a: range, b: range } };
  const first = expandCells('s', sweep).next();
  inner.strictSame(first.value, { name: 's[a=0,b=0]', values: { a: 0, b: 0 } });
  inner.ok(cellBound(sweep) > 2 ** 99);
  inner.end();
});

void t.test('many cells with many excluded and included rows are expanded', (inner) => {
  const range = { range: [1, 200, 1] } as const;
  const rows = Array.from({ length: 5000 }, (_, index) => ({ a: 1 + (index % 200), b: 1 + (index % 197) }));
  const expanded = names({
    matrix: { a: range, b: range },
    exclude: rows,
    include: rows.map((row) => ({ ...row, c: row.a })),
  });
  inner.equal(new Set(expanded).size, expanded.length);
  inner.equal(expanded.length, 200 * 200, 'a removed combination was included with another value');
  inner.end();
});

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -3, max: 70 }),
  fc.constantFrom('8', 'true', 'null', 'cmp-1', 'CMP 1', 'cmp_1', '', 'a[0]', 'x'.repeat(60), 'a=b', 'é'),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom<Json>([1], [1, 2], { a: 1 }, {}),
);
const path = fc.constantFrom(
  ...[
    'cmp-1.yaml',
    'a/cmp-1.yaml',
    'b/cmp-1.yaml',
    'cmp-1.json',
    'profiles/cmp-2.yaml',
    'a/profiles/cmp-2.yaml',
  ],
);
const KEYS = ['ticks', 'profile.SC', 'topology.SC', 'profile_path', 'topology.profile', 'gid', 'pfna.gid'];
const axesOf = fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 4 }).chain((keys) =>
  fc.record(
    Object.fromEntries(
      keys.map((key) => [
        key,
        fc.uniqueArray<Json, string>(key.endsWith('_path') ? path : scalar, {
          minLength: 1,
          maxLength: 4,
          selector: (value) => JSON.stringify(value),
        }),
      ]),
    ),
  ),
);

void t.test('adding rows, values or keys does not change names of cells', (inner) => {
  fc.assert(
    fc.property(axesOf, axesOf, (first, more) => {
      const wider: Record<string, Json[]> = { ...first };
      for (const [key, values] of Object.entries(more)) {
        const known = new Set((wider[key] ?? []).map((value) => JSON.stringify(value)));
        if (key in first)
          wider[key] = [...first[key]!, ...values.filter((v) => !known.has(JSON.stringify(v)))];
      }
      const rows =
        Object.keys(more).length > 0
          ? [Object.fromEntries(Object.entries(more).map(([key, values]) => [key, values[0]!]))]
          : [];
      const named = (sweep: Sweep): Map<string, string> =>
        new Map(
          [...expandCells('s', sweep)].map((cell) => {
            if (cell.namesake !== undefined) throw new Error(`${cell.name} names two cells`);
            return [JSON.stringify(Object.entries(cell.values).sort()), cell.name];
          }),
        );
      const before = named({ matrix: first });
      const after = named({ matrix: wider });
      const beside = named({
        include: [
          ...[...before.keys()].map((text) => Object.fromEntries(JSON.parse(text) as [string, Json][])),
          ...rows,
        ],
      });
      return [...before].every(([cell, name]) => after.get(cell) === name && beside.get(cell) === name);
    }),
    { numRuns: 500 },
  );
  inner.end();
});
