import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects, parquetSchema, parquetMetadata } from 'hyparquet';
import t from 'tap';
import { selectRuns, type Selection } from '../../lib/inspect/selection/index.js';
import {
  openTable,
  tablePieces,
  type Table,
  type TableFormat,
  type TableQuery,
} from '../../lib/inspect/table/index.js';
import type { Value } from '../../lib/inspect/columns/value.js';
import { batchedTable, listedTable } from '../../lib/inspect/table/row-streams.js';
import { varyingAxes } from '../../lib/inspect/table/varying-axes.js';
import { meanText } from '../../lib/inspect/table/mean.js';
import { MemoryStore, type RunRecord } from '../../lib/store/index.js';
import type { RunObservables } from '../../lib/base/observables.js';
import { OBSERVED } from '../store/sample-observables.js';
import { sampleRun } from '../store/sample-run.js';
import { openStager } from '../../lib/store/publish/stager.js';

type Change = Partial<RunRecord> & { readonly observed?: Partial<RunObservables> };

async function keep(store: MemoryStore, id: string, { observed = {}, ...change }: Change): Promise<void> {
  const { record } = sampleRun(openStager(store.stager), { id, artefacts: {} });
  const observables = { ...OBSERVED, ...observed };
  await store.publish({ record: { ...record, observables, ...change }, blobs: [], cacheable: false });
}

async function swept(): Promise<MemoryStore> {
  const store = new MemoryStore();
  let n = 0;
  for (const ticks of [8, 64]) {
    for (const profile of ['cmp-0', 'cmp-1']) {
      for (const k of [1, 2, 3]) {
        n++;
        await keep(store, `r${String(n)}`, {
          name: `ring[ticks=${String(ticks)},edges[0].k=${String(k)},profile=${profile}]`,
          scenario: 'ring',
          cell: { ticks, 'topology.edges[0].k': k, profile_path: `../profiles/${profile}.yaml` },
          ticks_total: ticks,
          observed: { press_bits: n * 10, settled_at: k === 3 ? null : n },
        });
      }
    }
  }
  return store;
}

async function open(store: MemoryStore, query: TableQuery = {}, selection: Selection = {}): Promise<Table> {
  const runs = await selectRuns(store, selection);
  if (!runs.ok) throw new Error(runs.problem.message);
  const table = await openTable(runs.value, query);
  if (!table.ok) throw new Error(`${table.problem.message} (${table.problem.hint ?? ''})`);
  return table.value;
}

async function rowsOf(table: Table): Promise<(readonly Value[])[]> {
  const rows = [];
  for await (const row of table.rows()) rows.push(row);
  return rows;
}

async function bytesOf(table: Table, format: TableFormat, escapes = false): Promise<Buffer> {
  const pieces = [];
  for await (const piece of tablePieces(table, format, escapes)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function textOf(table: Table, format: TableFormat, escapes = false): Promise<string> {
  return (await bytesOf(table, format, escapes)).toString('utf8');
}

void t.test('the default columns are identity, varying values and results', async (t) => {
  const { columns } = await open(await swept());
  t.strictSame(
    columns.map(({ name }) => name),
    [
      ...['run', 'scenario', 'id', 'state', 'ticks', 'edges[0].k', 'profile'],
      ...['total_ticks', 'window_count', 'nap_total', 'nap_ingress', 'nap_data', 'nap_egress'],
      ...['uledger_entries', 'uledger_last_hash', 'apx_manifests', 'apxi_views'],
      ...['sum_u', 'min_u', 'max_u', 'nonzero_nodes', 'total_abs_flux', 'settled_at', 'C_T', 'press_bits'],
      ...['codex_motifs', 'proposals_accepted', 'result_digest', 'duration_ms', 'batch', 'started_at'],
    ],
  );
  const one = await open(await swept(), {}, { where: ['ticks=8', 'profile=cmp-1'] });
  t.notOk(
    one.columns.some(({ name }) => name === 'profile'),
    'constant values do not vary',
  );
});

void t.test('columns are selected by name and glob, rows sorted and limited', async (t) => {
  const store = await swept();
  const columns = ['id,profile', 'press_bits.*'];
  const table = await open(store, { columns, sort: ['-ticks', 'edges[0].k,profile'], limit: 3 });
  t.strictSame(
    table.columns.map(({ name }) => name),
    ['id', 'profile', 'press_bits.W1.S1', 'press_bits.W1.S2'],
  );
  t.strictSame(await rowsOf(table), [
    ['r7', 'cmp-0', 7, 8],
    ['r10', 'cmp-1', 7, 8],
    ['r8', 'cmp-0', 7, 8],
  ]);
  const byNull = await open(store, { columns: ['id'], sort: ['-settled_at'], limit: 2 });
  t.strictSame(await rowsOf(byNull), [['r11'], ['r10']], 'rows without a value are last in both directions');
});

void t.test('a glob selects columns of the selected runs, not of the whole store', async (t) => {
  const store = await swept();
  await keep(store, 'other', {
    name: 'line[speed=1]',
    scenario: 'line',
    cell: { speed: 1 },
    observed: { press: { W1: { S1: 3, S9: 4 }, W2: { S1: 5 } } },
  });
  const named = async (columns: string[], selection: Selection): Promise<readonly string[]> =>
    (await open(store, { columns }, selection)).columns.map(({ name }) => name);
  const line = { scenarios: ['line'] };
  const ring = { scenarios: ['ring'] };
  t.strictSame(await named(['id,press_bits.*'], ring), ['id', 'press_bits.W1.S1', 'press_bits.W1.S2']);
  t.strictSame(await named(['press_bits.W*.S1'], line), ['press_bits.W1.S1', 'press_bits.W2.S1']);
  t.strictSame(await named(['failure*', 'sp*d*,*_at'], line), [
    'failure',
    'speed',
    'settled_at',
    'started_at',
    'ended_at',
  ]);
  await t.rejects(
    named(['press_bits.W2.*'], ring),
    /no selected run has a column that matches press_bits\.W2/,
  );
  t.strictSame(await named(['press_bits.W2.*'], { ...ring, where: ['ticks>99'] }), ['press_bits.W2.S1']);
});

void t.test('invalid questions are explained', async (t) => {
  const store = await swept();
  await t.rejects(open(store, { columns: ['pres_bits'] }), /no column pres_bits \(.*press_bits/);
  await t.rejects(
    open(store, { columns: ['press_bits.W1.S1x'] }),
    /no column press_bits\.W1\.S1x \(near names: press_bits\.W1\.S1, /,
  );
  await t.rejects(open(store, {}, { where: ['press_bits.W2.S1>3'] }), /no column press_bits\.W2\.S1/);
  await t.rejects(open(store, { sort: ['-press_bits.W1.S3'] }), /no column press_bits\.W1\.S3/);
  await t.rejects(open(store, { columns: ['zzz*'] }), /no column that matches zzz\*/);
  await t.rejects(open(store, { sort: ['-tick'] }), /no column tick \(.*ticks/);
  await t.rejects(open(store, { agg: ['mean'] }), /need columns to group by/);
  await t.rejects(open(store, { group_by: ['profil'] }), /no column profil \(did you mean profile\?\)/);
});

void t.test('groups have exact integers and means rounded half to even', async (t) => {
  const store = await swept();
  const table = await open(store, {
    group_by: ['profile', 'ticks'],
    agg: ['count', 'mean', 'min', 'max', 'sum'],
    columns: ['press_bits', 'settled_at'],
    sort: ['-mean(press_bits)'],
  });
  t.strictSame(table.columns.map(({ name, type }) => `${name} ${type}`).slice(0, 5), [
    'profile any',
    'ticks integer',
    'count integer',
    'mean(press_bits) decimal',
    'min(press_bits) integer',
  ]);
  t.strictSame(await rowsOf(table), [
    ['cmp-1', 64, 3, '110.000000', 100, 120, 330, '10.500000', 10, 11, 21],
    ['cmp-0', 64, 3, '80.000000', 70, 90, 240, '7.500000', 7, 8, 15],
    ['cmp-1', 8, 3, '50.000000', 40, 60, 150, '4.500000', 4, 5, 9],
    ['cmp-0', 8, 3, '20.000000', 10, 30, 60, '1.500000', 1, 2, 3],
  ]);
  t.equal(meanText(1n, 3n), '0.333333');
  t.equal(meanText(2n, 3n), '0.666667');
  t.equal(meanText(-2n, 3n), '-0.666667');
  t.equal(meanText(1n, 2_000_000n), '0.000000', 'half to even');
  t.equal(meanText(3n, 2_000_000n), '0.000002', 'half to even');
  t.equal(meanText(-1n, 2_000_000n), '0.000000', 'no negative zero');
  t.equal(meanText(2n ** 53n + 1n, 1n), '9007199254740993.000000');
});

/** Runs with texts and numbers that careless writers corrupt. */
async function hostile(): Promise<MemoryStore> {
  const store = new MemoryStore();
  const texts = [
    'plain',
    'a,b',
    'say "x"',
    'two\nlines',
    '\ttab',
    '=1+1',
    '+cmd',
    '@SUM(A1)',
    '-2+3',
    '|pipe|',
    ' ',
    'ü漢😀',
  ];
  for (const [n, text] of texts.entries()) {
    await keep(store, `r${String(n).padStart(2, '0')}`, {
      name: `odd[run_id=v${String(n).padStart(2, '0')}]`,
      scenario: 'odd',
      cell: { run_id: text },
      observed: {
        sum_u: n % 2 === 0 ? -n : 2 ** 40,
        press_bits: n === 3 ? '9007199254740993' : n,
        settled_at: null,
      },
    });
  }
  return store;
}

const ODD = { columns: ['run', 'cell.run_id', 'sum_u', 'press_bits', 'settled_at', 'expected'] };

void t.test('another reader of csv and tsv gets the same values', async (t) => {
  const table = await open(await hostile(), ODD);
  const rows = (await rowsOf(table)).map((row) => row.map((value) => (value === null ? '' : String(value))));
  for (const [format, delimiter] of [
    ['csv', ','],
    ['tsv', '\t'],
  ] as const) {
    const [head, ...read] = parse(await textOf(table, format), { delimiter }) as string[][];
    t.strictSame(
      head,
      table.columns.map(({ name }) => name),
    );
    t.strictSame(read, rows, format);
  }
  const escaped = parse(await textOf(table, 'csv', true), { from_line: 2 }) as string[][];
  t.strictSame(
    escaped.map((row) => row[1]!).filter((text) => text.startsWith("'")),
    ["'\ttab", "'=1+1", "'+cmd", "'@SUM(A1)", "'-2+3"],
  );
  t.equal(escaped[2]![2], '-2', 'numbers remain numbers');
});

void t.test('jsonl, json and markdown have the expected text', async (t) => {
  const table = await open(await hostile(), ODD);
  const lines = (await textOf(table, 'jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  t.strictSame(lines, JSON.parse(await textOf(table, 'json')));
  t.strictSame(
    lines.map((line) => Object.values(line) as Value[]),
    await rowsOf(table),
  );
  t.match(await textOf(table, 'json'), '"press_bits":"9007199254740993"');
  const grouped = await open(await hostile(), { group_by: ['scenario'], agg: ['mean'], columns: ['max_u'] });
  t.equal(await textOf(grouped, 'jsonl'), '{"scenario":"odd","mean(max_u)":5.000000}\n');
  const markdown = (await textOf(table, 'markdown')).trimEnd().split('\n');
  t.equal(markdown.length, 14, 'one line per row');
  t.equal(markdown[1], '| --- | --- | ---: | ---: | ---: | --- |');
  t.match(
    markdown.find((line) => line.includes('pipe')),
    '\\|pipe\\|',
  );
});

void t.test('another reader of parquet and arrow gets the same values and types', async (t) => {
  const table = await open(await hostile(), ODD);
  const expected = (await rowsOf(table)).map((row) => [
    ...row.slice(0, 2),
    BigInt(row[2] as number),
    row[3] === null ? null : String(row[3]),
    null,
    null,
  ]);
  const file = new Uint8Array(await bytesOf(table, 'parquet')).buffer;
  const types = parquetSchema(parquetMetadata(file)).children.map(({ element }) => element.type);
  t.strictSame(types, ['BYTE_ARRAY', 'BYTE_ARRAY', 'INT64', 'BYTE_ARRAY', 'INT32', 'BOOLEAN']);
  const read = await parquetReadObjects({ file });
  t.strictSame(
    read.map((row) => Object.values(row) as unknown[]),
    expected,
  );
  const arrow = tableFromIPC(await bytesOf(table, 'arrow'));
  t.strictSame(
    arrow.schema.fields.map(({ type }) => String(type)),
    ['Utf8', 'Utf8', 'Int64', 'Utf8', 'Int32', 'Bool'],
  );
  t.strictSame(
    arrow.toArray().map((row) => Object.values((row as { toJSON(): object }).toJSON()) as unknown[]),
    expected,
  );
});

void t.test('arrow holds every type, nulls and any text in several record batches', async (t) => {
  // Two values whose halves would join to one character.
  const texts = ['plain', 'é', '', '\ud83d', '\ude00', '😀', null];
  const cell = (n: number, value: Value): Value => (n % 5 === 0 ? null : value);
  const rows = Array.from({ length: 9_000 }, (_, n): readonly Value[] => [
    cell(n, n - 4_500),
    cell(n + 1, n * 2 ** 32),
    cell(n + 2, `${String(n)}.5`),
    cell(n + 3, n % 3 === 0),
    texts[n % texts.length]!,
  ]);
  const columns = [
    { name: 'small', type: 'integer' },
    { name: 'wide', type: 'integer' },
    { name: 'decimal', type: 'decimal' },
    { name: 'flag', type: 'any' },
    { name: 'text', type: 'text' },
  ] as const;
  const arrow = tableFromIPC(await bytesOf(listedTable(columns, rows), 'arrow'));
  t.equal(arrow.batches.length, 3);
  t.strictSame(
    arrow.schema.fields.map(({ type }) => String(type)),
    ['Int32', 'Int64', 'Float64', 'Bool', 'Utf8'],
  );
  const wellFormed = (value: Value): Value =>
    typeof value === 'string' ? Buffer.from(value).toString() : value;
  t.strictSame(
    arrow.toArray().map((row) => Object.values((row as { toJSON(): object }).toJSON()) as unknown[]),
    rows.map(([small, wide, decimal, flag, text]) => [
      small,
      wide === null ? null : BigInt(wide as number),
      decimal === null ? null : Number(decimal),
      flag,
      wellFormed(text!),
    ]),
  );
});

void t.test('a table without rows is a file with a header', async (t) => {
  const table = await open(await swept(), { columns: ['run', 'press_bits'] }, { where: ['ticks=9'] });
  t.equal(await textOf(table, 'csv'), 'run,press_bits\n');
  t.equal(await textOf(table, 'json'), '[]\n');
  t.equal(await textOf(table, 'jsonl'), '');
  t.strictSame(
    await parquetReadObjects({ file: new Uint8Array(await bytesOf(table, 'parquet')).buffer }),
    [],
  );
  t.equal(tableFromIPC(await bytesOf(table, 'arrow')).numRows, 0);
});

void t.test('the bytes do not depend on the order of arrival', async (t) => {
  const store = await swept();
  const backwards = new MemoryStore();
  for (const id of [...(await store.runIds())].reverse()) {
    await backwards.publish({ record: (await store.run(id))!, blobs: [], cacheable: false });
  }
  for (const format of ['csv', 'tsv', 'jsonl', 'json', 'markdown', 'parquet', 'arrow'] as const) {
    const [a, b] = [await open(store), await open(backwards)];
    t.ok((await bytesOf(a, format)).equals(await bytesOf(b, format)), format);
  }
});

void t.test('the bytes do not depend on the division into batches of rows', async (t) => {
  const rows = Array.from({ length: 20_000 }, (_, n): readonly Value[] => [n, `run ${String(n % 7)}`]);
  const columns = [
    { name: 'n', type: 'integer' },
    { name: 'run', type: 'text' },
  ] as const;
  const cutInto = (size: number): Table =>
    batchedTable(columns, async function* () {
      for (let from = 0; from < rows.length; from += size) {
        yield await Promise.resolve(rows.slice(from, from + size));
      }
    });
  for (const format of ['parquet', 'arrow', 'csv', 'jsonl'] as const) {
    const files = await Promise.all([256, 999, 20_000].map((size) => bytesOf(cutInto(size), format)));
    for (const file of files) t.ok(file.equals(files[0]!), format);
  }
});

void t.test('the varying axes are those found by a scan of all rows', async (t) => {
  const store = await swept();
  await keep(store, 'x1', { name: 'line[ticks=8]', scenario: 'line', cell: { ticks: 8 }, ticks_total: 8 });
  await keep(store, 'x2', { name: 'dot', scenario: 'dot' });
  const varying = async (selection: Selection): Promise<readonly string[]> => {
    const runs = await selectRuns(store, selection);
    if (!runs.ok) throw new Error(runs.problem.message);
    return varyingAxes(runs.value);
  };
  const all = ['ticks', 'edges[0].k', 'profile'];
  t.strictSame(await varying({}), all);
  t.strictSame(await varying({ scenarios: ['ring'] }), all);
  t.strictSame(await varying({ scenarios: ['ring'], where: ['ticks=8'] }), all.slice(1));
  t.strictSame(await varying({ scenarios: ['line'] }), []);
  t.strictSame(await varying({ scenarios: ['line', 'dot'] }), ['ticks'], 'only some runs have the value');
  t.strictSame(await varying({ selectors: ['*k=1*', 'line'], where: ['ticks=8'] }), all.slice(1));
});
