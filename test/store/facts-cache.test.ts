import t from 'tap';
import {
  factsOf,
  factsSource,
  MemoryStore,
  openDiskStore,
  openStager,
  type RunFacts,
} from '../../lib/store/index.js';
import { DiskReader } from '../../lib/store/disk-reader.js';
import { FactsSaver } from '../../lib/store/facts/facts-saver.js';
import { sealRecord } from '../../lib/store/record-file.js';
import type { FactsPlace } from '../../lib/store/facts/facts-source.js';
import { sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';
import type { RunId } from '../../lib/base/run-id.js';
import { runId } from '../ids.js';

const ROOT = '/data/store';

async function publish(machine: SimulatedMachine, ...ids: readonly string[]): Promise<void> {
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  for (const id of ids)
    await store.publish(sampleRun(openStager(store.stager, platform), { id, name: `n-${id}` }));
  await store.close();
}

interface Listed {
  readonly ids: string;
  /** Record files that were read. */
  readonly reads: number;
  readonly facts: readonly RunFacts[];
}

async function list(machine: SimulatedMachine): Promise<Listed> {
  const store = await openDiskStore({ root: ROOT, platform: machine.start(), mode: 'read' });
  let reads = 0;
  machine.files.before = (_, path): void => {
    if (path.startsWith(`${ROOT}/runs/`)) reads += 1;
  };
  const source = factsSource(store);
  const places: (readonly [RunId, FactsPlace])[] = [];
  const facts: RunFacts[] = [];
  await source.each(({ id }, place) => void places.push([id, place]));
  for (const place of places) facts.push((await source.read(...place))!);
  machine.files.before = (): void => undefined;
  return {
    ids: facts
      .map(({ id }) => id)
      .sort()
      .join(' '),
    reads,
    facts,
  };
}

function segments(machine: SimulatedMachine): string[] {
  return machine.files
    .list(`${ROOT}/cache`)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('facts-'));
}

void t.test('facts come from segments, one per writer, and equal those of the records', async (t) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1', 'r2');
  await publish(machine, 'r0');
  t.equal(segments(machine).length, 2);
  const { ids, reads, facts } = await list(machine);
  t.strictSame({ ids, reads }, { ids: 'r0 r1 r2', reads: 0 });
  const store = await openDiskStore({ root: ROOT, platform: machine.start(), mode: 'read' });
  for (const one of facts) t.strictSame(one, factsOf((await store.run(one.id))!));
});

void t.test('the tree takes precedence over the cache', async (t) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1', 'r2', 'r3');
  const [segment] = segments(machine);
  machine.files.remove(`${ROOT}/runs/r2.json`);
  t.match(await list(machine), { ids: 'r1 r3', reads: 0 }, 'a removed run');
  const path = `${ROOT}/cache/${segment!}`;
  const text = machine.files.readText(path)!;
  machine.files.overwrite(path, Buffer.from(text.replace('n-r1', 'n-r9')));
  t.match(await list(machine), { ids: 'r1 r3', reads: 2 }, 'a damaged line');
  machine.files.overwrite(path, Buffer.from(text.slice(0, -20)));
  t.match(await list(machine), { ids: 'r1 r3', reads: 2 }, 'a truncated line');
  machine.files.overwrite(path, Buffer.from('\n\nnonsense\n'));
  t.match(await list(machine), { ids: 'r1 r3', reads: 4 });
  machine.files.remove(path);
  t.match(await list(machine), { ids: 'r1 r3', reads: 4 });
  await publish(machine, 'r4');
  t.match(await list(machine), { ids: 'r1 r3 r4', reads: 0 }, 'the next writer adds the missing facts');
});

void t.test('small segments are merged', async (t) => {
  const machine = new SimulatedMachine();
  const ids = Array.from({ length: 40 }, (_, n) => `r${String(n).padStart(2, '0')}`);
  for (const id of ids) await publish(machine, id);
  t.ok(segments(machine).length <= 18, String(segments(machine).length));
  t.match(await list(machine), { ids: ids.join(' '), reads: 0 });
});

void t.test('a segment is sorted by name, and lines are found across blocks', async (t) => {
  const machine = new SimulatedMachine();
  const ids = Array.from({ length: 60 }, (_, n) => `r${String((n * 37) % 60).padStart(2, '0')}`);
  await publish(machine, ...ids);
  const [segment] = segments(machine);
  const text = machine.files.readText(`${ROOT}/cache/${segment!}`)!;
  t.ok(text.length > 32 << 10, 'longer than two blocks');
  const names = [...text.matchAll(/"name":"n-(r[0-9]+)"/g)].map(([, id]) => id);
  t.strictSame(names, [...ids].sort());
  t.match(await list(machine), { ids: [...ids].sort().join(' '), reads: 0 });
});

void t.test('the records are read if a segment is removed while it is read', async (t) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1', 'r2');
  const store = await openDiskStore({ root: ROOT, platform: machine.start(), mode: 'read' });
  const source = factsSource(store);
  const places: (readonly [RunId, FactsPlace])[] = [];
  await source.each(({ id }, place) => void places.push([id, place]));
  for (const segment of segments(machine)) machine.files.remove(`${ROOT}/cache/${segment}`);
  t.strictSame(
    places.map((place) => (source.read(...place) as RunFacts).id),
    ['r1', 'r2'],
  );
});

void t.test('a writer saves facts after every thousand runs', async (t) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r0');
  const platform = machine.start();
  const reader = new DiskReader(ROOT, platform.files);
  const saver = new FactsSaver(reader, platform.processes);
  const record = reader.run('r0')!;
  for (let n = 1; n <= 1500; n++) {
    const id = runId(`s${String(n)}`);
    const run = { ...record, id, name: `n-${id}` };
    platform.files.create(`${ROOT}/runs/${id}.json`, sealRecord(run), 0o444);
    saver.add(run);
  }
  t.equal(segments(machine).length, 2);
  const { reads, facts } = await list(machine);
  t.equal(facts.length, 1501);
  t.equal(reads, 2 * (1500 - 1024), 'the remaining facts are read from records');
  saver.finish(1501);
  t.equal((await list(machine)).reads, 0);
});

void t.test(
  'a writer does not read saved facts again, and adds those that others did not save',
  async (t) => {
    const machine = new SimulatedMachine();
    await publish(machine, 'r1');
    let reads = 0;
    machine.files.before = (step, path): void => {
      if (step.startsWith('read') && path.includes('/cache/facts-')) reads += 1;
    };
    await publish(machine, 'r2');
    t.equal(reads, 0);
    machine.files.before = (): void => undefined;
    machine.files.remove(`${ROOT}/cache/${segments(machine)[0]!}`);
    t.equal((await list(machine)).reads, 2);
    await publish(machine, 'r3');
    t.equal((await list(machine)).reads, 0, 'the removed facts are saved again');
  },
);

void t.test('segments of older programs are replaced by ones with their number of lines', async (t) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1', 'r2');
  const [segment] = segments(machine);
  const old = segment!.replace(/-\d+\.jsonl$/, '.jsonl');
  machine.files.rename(`${ROOT}/cache/${segment!}`, `${ROOT}/cache/${old}`);
  t.equal((await list(machine)).reads, 0, 'they are read');
  await publish(machine, 'r3');
  t.notOk(segments(machine).includes(old));
  t.strictSame(await list(machine).then(({ ids, reads }) => [ids, reads]), ['r1 r2 r3', 0]);
});

void t.test('every store returns the same facts', async (t) => {
  const machine = new SimulatedMachine();
  await publish(machine, 'r1');
  const memory = new MemoryStore();
  await memory.publish(sampleRun(openStager(memory.stager), { id: 'r1', name: 'n-r1' }));
  const inMemory: RunFacts[] = [];
  await factsSource(memory).each((facts) => void inMemory.push(facts));
  t.strictSame(inMemory, (await list(machine)).facts);
});
