import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { parseRunId } from '../../lib/base/run-id.js';
import {
  collectGarbage,
  openDiskStore,
  openStager,
  packStore,
  verifyStore,
  type DiskStore,
  type StoreNotice,
} from '../../lib/store/index.js';
import { relative, STORE_FORMATS } from '../../lib/store/layout.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { listRuns, runIdsWithPrefix } from '../../lib/store/run-index.js';
import { runsFromLatest } from '../../lib/store/run-list.js';
import { SegmentDraft } from '../../lib/store/segments/segment-format.js';
import { draws } from './draws.js';
import { keyOf, sampleRun } from './sample-run.js';
import { SimulatedMachine } from './simulated-machine.js';

const ROOT = '/data/store';
const CACHE = `${ROOT}/cache`;
const nothing = (): void => undefined;

async function reader(machine: SimulatedMachine, notices: StoreNotice[] = []): Promise<DiskStore> {
  return openDiskStore({
    root: ROOT,
    platform: machine.start(),
    mode: 'read',
    onNotice: (notice) => notices.push(notice),
  });
}

function parts(machine: SimulatedMachine): readonly string[] {
  return machine.files
    .list(CACHE)
    .map(({ name }) => name)
    .filter((name) => name.endsWith('.part'));
}

/** Publishes runs as one commit each list and closes the store; run `a-3` has the name `a`. */
async function publish(machine: SimulatedMachine, ...commits: readonly (readonly string[])[]): Promise<void> {
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform, format: STORE_FORMATS.segmented });
  for (const ids of commits) {
    const runs = ids.map((id) =>
      sampleRun(openStager(store.stager, platform), { id, name: id.split('-')[0]!, answers: true }),
    );
    await Promise.all(runs.map((run) => store.publish(run)));
  }
  await store.close();
}

/** All answers of a store about its runs and about some that it does not have. */
async function answers(store: DiskStore): Promise<Record<string, unknown>> {
  const ids = await store.runIds();
  const all: Record<string, unknown> = { ids };
  for (const id of ids) {
    const run = (await store.run(id))!;
    all[id] = run;
    for (const { digest } of run.artefacts.flatMap(({ chunks }) => chunks))
      all[digest] = Buffer.from(await store.blob(digest)).toString();
    all[`key of ${id}`] = (await store.runForKey(run.input_key))?.id;
    all[`name of ${id}`] = (await store.latestRun(run.name))?.id;
  }
  all['no key'] = await store.runForKey(keyOf('none'));
  all['no name'] = await store.latestRun('none');
  all['no run'] = await store.run(parseRunId('none')!);
  all['no blob'] = await store.hasBlob(sha256('none'));
  all['summaries'] = await listRuns(store);
  all['latest'] = await fromLatest(store);
  all['prefix'] = await runIdsWithPrefix(store, 'a-0');
  return all;
}

async function fromLatest(store: DiskStore): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const run of runsFromLatest(store)) ids.push(typeof run === 'string' ? run : run.id);
  return ids;
}

/** The answers with the index, and without any file in `cache/`. */
async function bothWays(machine: SimulatedMachine): Promise<readonly [object, object]> {
  const indexed = await answers(await reader(machine));
  for (const { name } of machine.files.list(CACHE)) machine.files.remove(`${CACHE}/${name}`);
  return [indexed, await answers(await reader(machine))];
}

/** Draws integers below a limit. */
function below(seed: number): (limit: number) => number {
  const draw = draws(seed);
  return (limit) => Math.floor(draw() * limit);
}

function numbered(name: string, from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${name}-${String(from + n).padStart(3, '0')}`);
}

void t.test('a store with an index answers without reading the segments for their names', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, numbered('a', 0, 20), numbered('b', 0, 20), numbered('a', 20, 20));
  inner.equal(parts(machine).length, 1);
  const reads = new Set<string>();
  machine.files.before = (step, path) => {
    if (step === 'readRange' && path.includes('/segments/')) reads.add(path);
  };
  const store = await reader(machine);
  inner.equal((await store.latestRun('b'))?.id, 'b-019');
  inner.equal(reads.size, 1, 'only the segment with the run is read');
  inner.equal((await fromLatest(store))[0], 'a-039');
  inner.equal(reads.size, 1, 'a list of runs reads none');
  machine.files.before = nothing;
  const [indexed, plain] = await bothWays(machine);
  inner.strictSame(indexed, plain);
});

void t.test('a publication reads only segments that have its blobs', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, ...Array.from({ length: 30 }, (_, n) => numbered('a', 10 * n, 3)));
  const before = new Set(
    machine.files.list(`${ROOT}/segments`).map(({ name }) => `${ROOT}/segments/${name}`),
  );
  const reads = new Set<string>();
  machine.files.before = (step, path) => {
    if (step.startsWith('read') && before.has(path)) reads.add(path);
  };
  await publish(machine, ['b-000']);
  machine.files.before = nothing;
  inner.equal(reads.size, 1, 'the one that has a blob of the run');
  inner.equal((await (await reader(machine)).latestRun('b'))?.id, 'b-000');
});

void t.test('random histories are answered alike with and without the index', async (inner) => {
  for (let seed = 1; seed <= 12; seed++) {
    const draw = below(seed);
    const machine = new SimulatedMachine();
    let next = 0;
    for (let step = 0; step < 14; step++) {
      const act = draw(6);
      if (act < 4) {
        const commits = Array.from({ length: 1 + draw(3) }, () => {
          const count = 1 + draw(4);
          next += count;
          return numbered('abcd'[draw(4)]!, next - count, count);
        });
        await publish(machine, ...commits);
      } else {
        const platform = machine.start();
        const store = await openDiskStore({ root: ROOT, platform, format: STORE_FORMATS.segmented });
        if (act === 4) await packStore(store, nothing);
        else await collectGarbage(store, { now: machine.now, keepLast: 1 + draw(3) });
        await store.close();
      }
    }
    const [indexed, plain] = await bothWays(machine);
    inner.strictSame(indexed, plain, `seed ${String(seed)}`);
  }
});

void t.test(
  'a damaged part of the index changes no answer, and the next writer replaces it',
  async (inner) => {
    const machine = new SimulatedMachine();
    await publish(machine, numbered('a', 0, 20), numbered('b', 0, 20));
    const path = `${CACHE}/${parts(machine)[0]!}`;
    const whole = Buffer.from(await machine.files.readBytes(path));
    const expected = await answers(await reader(machine));
    const draw = below(7);
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(whole);
      const cut = round % 10 === 0;
      if (!cut) bytes[draw(bytes.length)]! ^= 1 << draw(8);
      machine.files.overwrite(path, cut ? bytes.subarray(0, draw(bytes.length)) : bytes);
      const found = await answers(await reader(machine));
      if (JSON.stringify(found) !== JSON.stringify(expected))
        inner.strictSame(found, expected, `round ${String(round)}`);
    }
    machine.files.overwrite(path, whole.subarray(0, 100));
    await publish(machine, ['c-001']);
    inner.equal(parts(machine).length, 1);
    inner.not(`${CACHE}/${parts(machine)[0]!}`, path);
    const [indexed, plain] = await bothWays(machine);
    inner.strictSame(indexed, plain);
  },
);

void t.test('a reader keeps its answers while parts are merged and removed', async (inner) => {
  const machine = new SimulatedMachine();
  for (let n = 0; n < 8; n++) await publish(machine, numbered('a', 10 * n, 3));
  const expected = await answers(await reader(machine));
  inner.equal(parts(machine).length, 8);
  const store = await reader(machine);
  store.keepStill();
  await store.latestRun('a');
  await publish(machine, ['b-000']);
  inner.equal(parts(machine).length, 1, 'merged');
  inner.strictSame(await answers(store), expected, 'as of its opening');
  for (const name of parts(machine)) machine.files.remove(`${CACHE}/${name}`);
  inner.strictSame(await answers(store), expected, 'without any part');
});

for (const index of ['with', 'without'] as const) {
  void t.test(`a reader ${index} an index survives that all segments are merged`, async (inner) => {
    const machine = new SimulatedMachine();
    await publish(machine, ...Array.from({ length: 12 }, (_, n) => numbered('ab'[n % 2]!, 10 * n, 3)));
    if (index === 'without') for (const name of parts(machine)) machine.files.remove(`${CACHE}/${name}`);
    const expected = await answers(await reader(machine));
    const questions: readonly ((store: DiskStore) => Promise<unknown>)[] = [
      (store) => store.runIds(),
      (store) => store.hasBlob(sha256('{"run":"a-001"}\n')),
      (store) => runIdsWithPrefix(store, 'a-0'),
      fromLatest,
      async (store) => (await store.latestRun('b'))?.id,
      answers,
    ];
    for (const [number, ask] of questions.entries()) {
      const store = await reader(machine);
      store.keepStill();
      const writer = await openDiskStore({ root: ROOT, platform: machine.start() });
      await packStore(writer, nothing);
      // Without publishing: the index is that of the old segments.
      await writer.close();
      inner.strictSame(await ask(store), await ask(await reader(machine)));
      await publish(machine, [`c-00${String(number)}`]);
    }
    inner.equal(machine.files.list(`${ROOT}/segments`).length, 2);
    const found = await answers(await reader(machine));
    for (const id of expected['ids'] as readonly string[]) inner.strictSame(found[id], expected[id], id);
  });
}

void t.test('a run that is published again keeps its place in the order of arrival', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, ['a-001'], ['b-001']);
  for (const name of parts(machine)) machine.files.remove(`${CACHE}/${name}`);
  await publish(machine, ['a-001']);
  inner.equal(parts(machine).length, 1);
  inner.strictSame(await fromLatest(await reader(machine)), ['b-001', 'a-001']);
});

void t.test('a directory in place of a segment hides no other', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, ['a-001'], ['b-001']);
  const path = machine.files
    .list(`${ROOT}/segments`)
    .map(({ name }) => `${ROOT}/segments/${name}`)
    .find((file) => machine.files.readText(file)!.includes('run a-001'))!;
  machine.files.remove(path);
  machine.files.makeDirectory(path);
  const notices: StoreNotice[] = [];
  const store = await reader(machine, notices);
  inner.equal(await store.latestRun('a'), undefined);
  inner.equal((await store.latestRun('b'))?.id, 'b-001');
  inner.match(notices, [{ type: 'segment_damaged' }]);
});

void t.test('damage in a segment that the index has is found when the segment is read', async (inner) => {
  const machine = new SimulatedMachine();
  await publish(machine, numbered('a', 0, 5), numbered('b', 0, 5));
  const segment = machine.files
    .list(`${ROOT}/segments`)
    .map(({ name }) => `${ROOT}/segments/${name}`)
    .find((path) => machine.files.readText(path)!.includes('run a-'))!;
  const bytes = Buffer.from(await machine.files.readBytes(segment));
  bytes[bytes.lastIndexOf('key ')]! ^= 1;
  machine.files.overwrite(segment, bytes);
  const notices: StoreNotice[] = [];
  const store = await reader(machine, notices);
  inner.equal((await store.run(parseRunId('a-002')!))?.name, 'a', 'a record is still found');
  inner.match(notices, [{ type: 'segment_damaged' }]);
  inner.equal((await store.runIds()).length, 10);
  inner.match((await verifyStore(await reader(machine))).problems, [
    { type: 'segment_damaged', runs: numbered('a', 0, 5) },
  ]);
});

void t.test(
  'many segments without an index are read once, with a notice, and saved by the next writer',
  async (inner) => {
    const machine = new SimulatedMachine();
    await publish(machine, ['a-000']);
    for (const name of parts(machine)) machine.files.remove(`${CACHE}/${name}`);
    const record = (await (await reader(machine)).run(parseRunId('a-000')!))!;
    for (let n = 1; n <= 300; n++) {
      const draft = new SegmentDraft();
      const id = parseRunId(`a-${String(n).padStart(3, '0')}`)!;
      const run = { ...record, id, input_key: keyOf(id), arrival: 64 * (n + 10) };
      draft.addRun(id, Buffer.from(sealRecord(run)));
      draft.addRef('keys', run.input_key, id);
      draft.addRef('scenarios', run.name, id);
      const { bytes, digest } = draft.finish(n + 10);
      machine.files.create(`${ROOT}/${relative.segment(digest)}`, bytes);
    }
    const notices: StoreNotice[] = [];
    const before = await reader(machine, notices);
    const expected = await answers(before);
    inner.match(notices, [{ type: 'index_missing', segments: 301 }]);
    inner.equal((expected['ids'] as readonly string[]).length, 301);
    inner.equal((expected['latest'] as readonly string[])[0], 'a-300');
    const writer = await openDiskStore({ root: ROOT, platform: machine.start() });
    await writer.close();
    inner.equal(parts(machine).length, 1, 'a writer that publishes nothing saves the index of so many');
    const after: StoreNotice[] = [];
    inner.strictSame(await answers(await reader(machine, after)), expected);
    inner.strictSame(after, []);
  },
);
