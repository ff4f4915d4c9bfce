import t from 'tap';
import type { Value } from '../../lib/inspect/columns/value.js';
import { selectRuns, type SelectedRuns } from '../../lib/inspect/selection/index.js';
import { openSeries } from '../../lib/inspect/series/index.js';
import { openTable, type Table } from '../../lib/inspect/table/index.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, type ArtefactStore } from '../../lib/store/index.js';
import { sampleInputs } from './sample-inputs.js';
import { keepRun } from './sample-store.js';

const NAMES = ['a', 'b', 'c', 'd'];

async function runsOf(store: ArtefactStore): Promise<SelectedRuns> {
  const runs = await selectRuns(store);
  if (!runs.ok) throw new Error(runs.problem.message);
  return runs.value;
}

async function tableOf(store: ArtefactStore): Promise<Table> {
  const columns = ['run', 'id', 'ticks', 'sum_u', 'result_digest'];
  const table = await openTable(await runsOf(store), { columns, sort: ['-run'] });
  if (!table.ok) throw new Error(table.problem.message);
  return table.value;
}

async function seriesOf(store: ArtefactStore): Promise<Table> {
  const series = await openSeries(await runsOf(store), { metrics: ['u[1],C_t'] });
  if (!series.ok) throw new Error(series.problem.message);
  return series.value;
}

async function rowsOf(table: Table): Promise<(readonly Value[])[]> {
  const rows = [];
  for await (const row of table.rows()) rows.push(row);
  return rows;
}

/** Two handles of one store: one process writes, another reads. */
async function stores(root: string): Promise<{ reader: ArtefactStore; writer: ArtefactStore }> {
  const open = (): Promise<ArtefactStore> => openDiskStore({ root, platform: nodePlatform() });
  const [reader, writer] = [await open(), await open()];
  return { reader, writer };
}

for (const [what, open] of [
  ['table', tableOf],
  ['series', seriesOf],
] as const) {
  void t.test(`a ${what} read while runs arrive shows the store at the time it was opened`, async (t) => {
    const { reader, writer } = await stores(t.testdir());
    for (const name of NAMES) await keepRun(writer, sampleInputs({ ticks: 6 }), { id: `r-${name}`, name });
    const expected = await rowsOf(await open(reader));
    const slow = await open(reader);
    const rows = [];
    let arrived = 0;
    for await (const row of slow.rows()) {
      rows.push(row);
      if (arrived >= 3) continue;
      const n = String(++arrived);
      // One more name, and another run of a name that is read later.
      await keepRun(writer, sampleInputs({ ticks: 7 }), { id: `s-${n}`, name: `bb-${n}` });
      await keepRun(writer, sampleInputs({ ticks: 7 }), { id: `t-${n}`, name: 'b' });
    }
    t.equal(arrived, 3);
    t.strictSame(rows, expected);
    t.strictSame(await rowsOf(slow), expected, 'and is not changed afterwards');
    const names = (await rowsOf(await tableOf(reader))).map(([name, id]) => `${String(name)} ${String(id)}`);
    t.strictSame(names, ['d r-d', 'c r-c', 'bb-3 s-3', 'bb-2 s-2', 'bb-1 s-1', 'b t-3', 'a r-a']);
    await reader.close();
    await writer.close();
  });
}
