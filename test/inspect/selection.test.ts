import fc from 'fast-check';
import t from 'tap';
import { findRun } from '../../lib/inspect/index.js';
import {
  grownCatalogue,
  runCatalogue,
  selectFrom,
  selectRuns,
  type RunCatalogue,
  type SelectedRun,
  type Selection,
} from '../../lib/inspect/selection/index.js';
import { varyingAxes } from '../../lib/inspect/table/varying-axes.js';
import { MemoryStore, type ArtefactStore, type RunRecord } from '../../lib/store/index.js';
import { sampleInputs } from './sample-inputs.js';
import { keepBatch, keepRun } from './sample-store.js';
import { runId } from '../ids.js';

type Part = Partial<
  Pick<RunRecord, 'name' | 'scenario' | 'cell' | 'state' | 'started_at' | 'metrics' | 'ticks_total'>
>;

/** Publishes a run with the given record fields; its artefacts are those of a real run. */
async function keep(store: ArtefactStore, id: string, part: Part = {}): Promise<RunRecord> {
  const from = new MemoryStore();
  const base = await keepRun(from, sampleInputs(), { id, name: part.name ?? 'plain' });
  const record = { ...base, artefacts: [], scenario: (part.name ?? 'plain').replace(/\[.*/, ''), ...part };
  await store.publish({ record, blobs: [], cacheable: false });
  return record;
}

async function rows(store: ArtefactStore, selection: Selection = {}): Promise<readonly SelectedRun[]> {
  const result = await selectRuns(store, selection);
  if (!result.ok) throw new Error(result.problem.message);
  const list: SelectedRun[] = [];
  for await (const row of result.value) list.push(row);
  return list;
}

async function ids(store: ArtefactStore, selection: Selection = {}): Promise<string> {
  return (await rows(store, selection)).map(({ run }) => run.id).join(' ');
}

async function refusal(store: ArtefactStore, selection: Selection): Promise<string> {
  const result = await selectRuns(store, selection);
  if (result.ok) throw new Error('selected');
  const { kind, message, hint = '' } = result.problem;
  return `${kind}: ${message} (${hint})`;
}

async function sweep(): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const [n, ticks] of [64, 8, 128].entries()) {
    for (const profile of ['cmp-0', 'cmp-1']) {
      await keep(store, `r-${String(n)}-${profile}`, {
        name: `ring[ticks=${String(ticks)},profile=${profile}]`,
        ticks_total: ticks,
        cell: { ticks, profile_path: `../profiles/${profile}.yaml` },
        state: profile === 'cmp-1' && ticks === 8 ? 'faulted' : 'completed',
        started_at: `2026-01-0${String(n + 1)}T00:00:00.000Z`,
      });
    }
  }
  await keep(store, 'single', { name: 'ring-5' });
  return store;
}

void t.test('a selection has one row per name, sorted by name', async (t) => {
  const store = await sweep();
  await keep(store, 'later', { name: 'ring-5' });
  t.strictSame(
    (await rows(store)).map(({ name, run }) => `${name} ${run.id}`),
    [
      'ring-5 later',
      'ring[ticks=128,profile=cmp-0] r-2-cmp-0',
      'ring[ticks=128,profile=cmp-1] r-2-cmp-1',
      'ring[ticks=64,profile=cmp-0] r-0-cmp-0',
      'ring[ticks=64,profile=cmp-1] r-0-cmp-1',
      'ring[ticks=8,profile=cmp-0] r-1-cmp-0',
      'ring[ticks=8,profile=cmp-1] r-1-cmp-1',
    ],
  );
  t.equal(await ids(store, { selectors: ['ring-5'], all_executions: true }), 'later single');
});

void t.test(
  'selectors are names, globs with optional quoting, scenarios, ids, prefixes or latest',
  async (t) => {
    const store = await sweep();
    const by = (...selectors: string[]): Promise<string> => ids(store, { selectors });
    t.equal(await by('ring-5'), 'single');
    t.equal(await by('ring[ticks=8,profile=cmp-0]'), 'r-1-cmp-0');
    t.equal(await by('ring[[]ticks=8*'), 'r-1-cmp-0 r-1-cmp-1');
    t.equal(await by('ring[ticks=8,*]'), 'r-1-cmp-0 r-1-cmp-1');
    t.equal(await by('*profile=cmp-1]'), 'r-2-cmp-1 r-0-cmp-1 r-1-cmp-1');
    t.equal(await by('ring-?'), 'single');
    t.equal((await by('ring')).split(' ').length, 6, 'a scenario selects all of its runs');
    t.equal(await by('sing'), 'single', 'a unique prefix of an id');
    t.equal(await by('latest'), 'single');
    t.equal(await by('ring-5', 'r-2-cmp-0', 'ring-5'), 'single r-2-cmp-0', 'a union without duplicates');
    t.equal(await by('nothing*'), '', 'a glob may match nothing');
    t.equal(
      await refusal(store, { selectors: ['ring-6'] }),
      'unknown: there is no run ring-6 (near names: ring, ring-5)',
    );
    t.match(
      await refusal(store, { selectors: ['ring[profile=cmp-1,ticks=8]'] }),
      /^unknown: there is no run ring.* \(near names: ring\[ticks=8,profile=cmp-1\], ring/,
      'the same axes in another order are the nearest',
    );
    t.match(
      await refusal(store, { selectors: ['ring[ticks=8,initial_state[0]=1]'] }),
      /^unknown: there is no run ring/,
      'an index of a list does not make the name a glob',
    );
    t.match(
      await refusal(store, { selectors: ['r-2-'] }),
      /^ambiguous: run r-2- is ambiguous \(it may mean r-2-cmp-1/,
    );
    t.match(
      await refusal(store, { scenarios: ['rung'] }),
      /^unknown: no run belongs to scenario rung \(.*ring/,
    );
  },
);

void t.test('a glob with many stars is matched in linear time', async (t) => {
  const store = new MemoryStore();
  await keep(store, 'long', { name: 'a'.repeat(128) });
  t.equal(await ids(store, { selectors: [`${'*a'.repeat(60)}*b`] }), '');
});

void t.test('state, start, names and scenarios restrict a selection', async (t) => {
  const store = await sweep();
  t.equal(await ids(store, { states: ['faulted'] }), 'r-1-cmp-1');
  t.equal(await ids(store, { since: '2026-01-03T00:00:00.000Z' }), 'r-2-cmp-0 r-2-cmp-1');
  t.equal(await ids(store, { names: new Set(['ring-5', 'gone']) }), 'single');
  t.equal(await ids(store, { scenarios: ['ring-5'], states: ['faulted'] }), '');
});

void t.test('conditions compare integers by size and texts exactly', async (t) => {
  const store = await sweep();
  const where = (...conditions: string[]): Promise<string> => ids(store, { where: conditions });
  t.equal(await where('ticks>=64', 'profile=cmp-1'), 'r-2-cmp-1 r-0-cmp-1');
  t.equal(
    await where('ticks < 64', 'profile!=cmp-1'),
    'single r-1-cmp-0',
    'a missing profile differs from cmp-1',
  );
  t.equal(await where('profile=null'), 'single');
  t.equal(await where('profile != null', 'ticks==8'), 'r-1-cmp-0 r-1-cmp-1');
  t.equal(await where('state=faulted'), 'r-1-cmp-1');
  t.equal(await where('cell.profile=cmp-1', 'ticks>100'), 'r-2-cmp-1');
});

void t.test('invalid conditions are explained', async (t) => {
  const store = await sweep();
  const refused = (condition: string): Promise<string> => refusal(store, { where: [condition] });
  t.equal(await refused('profil=cmp-1'), 'unknown_column: there is no column profil (did you mean profile?)');
  t.match(await refused('ticks'), /^malformed: a condition must be <column><op><value>/);
  t.match(await refused('=8'), /^malformed: a condition must be/);
  t.match(await refused('ticks>=many'), /^malformed: ticks is an integer/);
  t.match(await refused('ticks>=1.5'), /^malformed: ticks is an integer/);
  t.match(await refused('ticks>null'), /has no value to compare by size \(write ticks!=null\)/);
});

void t.test('the answers of a batch are not changed by later runs', async (t) => {
  const store = await sweep();
  const single = (await store.run(runId('single')))!;
  await keepBatch(store, 'b-night', { name: 'taken[ticks=5]', run: single });
  await keep(store, 'after', { name: 'taken[ticks=5]', cell: { ticks: 5 } });
  const [row] = await rows(store, { batch: 'latest' });
  t.equal(row?.name, 'taken[ticks=5]');
  t.equal(row?.scenario, 'taken');
  t.equal(row?.run.id, 'single');
  t.equal(row?.batch, 'b-night');
  t.strictSame([...row!.axes], [['ticks', 5]], 'values of the name, not of its run');
  t.equal(await ids(store, { scenarios: ['taken'] }), 'after');
  t.match(
    await refusal(store, { selectors: ['b-night'] }),
    /b-night is a batch, not a run \(write --batch b-night\)/,
  );
  t.match(
    await refusal(store, { batch: 'b-noon' }),
    /^unknown: there is no batch b-noon; near matches: .*b-night/,
  );
});

void t.test('the selection returns the same run as findRun for every name', async (t) => {
  const names = ['a', 'b[ticks=1]', 'b[ticks=2]', 'c'];
  const step = fc.record({ name: fc.constantFrom(...names), isBatch: fc.boolean(), of: fc.nat(30) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
      const store = new MemoryStore();
      const made: RunRecord[] = [];
      for (const [n, { name, isBatch, of }] of steps.entries()) {
        const id = `r${String(n)}`;
        if (isBatch && made.length > 0) await keepBatch(store, id, { name, run: made[of % made.length]! });
        else made.push(await keep(store, id, { name }));
      }
      const standing = new Map((await rows(store)).map((row) => [row.name, row.run.id]));
      for (const name of names) {
        const found = await findRun(store, name);
        if (name === 'b' || !found.ok) t.notOk(standing.has(name));
        else if (standing.get(name) !== found.value.id) return false;
      }
      return true;
    }),
    { numRuns: 60 },
  );
});

void t.test('a changed catalogue is read again', async (t) => {
  const store = await sweep();
  const before = await runCatalogue(store);
  const told = async (catalogue: RunCatalogue): Promise<object> => {
    const runs = await selectFrom(catalogue, {});
    if (!runs.ok) throw new Error(runs.problem.message);
    const list: string[] = [];
    for await (const { name, run, remarks } of runs.value) {
      list.push(`${name} ${run.id} ${JSON.stringify(remarks.labels)}`);
    }
    return { list, columns: runs.value.columns.names(), axes: await varyingAxes(runs.value) };
  };
  await keep(store, 'again', { name: 'ring-5', started_at: '2026-03-01T00:00:00.000Z' });
  await keep(store, 'other', { name: 'line[k=3]', cell: { k: 3 } });
  await keep(store, 'another', { name: 'line[k=4]', cell: { k: 4 } });
  await store.addRemark({
    id: 'm1',
    at: '2026-03-02T00:00:00.000Z',
    by: 'us',
    runs: [runId('other')],
    labels: { a: 'b' },
  });
  const ids = await store.runIds();
  const grown = await grownCatalogue(before, ids);
  t.equal(grown.runs, before.runs, 'known records are not read again');
  t.strictSame(await told(grown), await told(await runCatalogue(store)));
  const fewer = await grownCatalogue(grown, ids.slice(1));
  t.not(fewer.runs, grown.runs, 'a run was removed');
});
