import t, { type Test } from 'tap';
import type { TreePlatform } from '../../lib/base/ports.js';
import {
  collectGarbage,
  describeNotice,
  repairTree,
  openDiskStore,
  openStager,
  packStore,
  unpackStore,
  upgradeStore,
  verifyStore,
  type DiskStore,
} from '../../lib/store/index.js';
import { STORE_FORMATS, type StoreFormat } from '../../lib/store/layout.js';
import { draws } from './draws.js';
import { keyOf, sampleRun } from './sample-run.js';
import { systemError } from './simulated-files.js';
import { SimulatedMachine } from './simulated-machine.js';

const ROOT = '/data/store';
const SEGMENTS = `${ROOT}/segments`;
const nothing = (): void => undefined;

interface Opened {
  readonly platform: TreePlatform;
  readonly store: DiskStore;
}

async function open(
  machine: SimulatedMachine,
  format: StoreFormat = STORE_FORMATS.segmented,
): Promise<Opened> {
  const platform = machine.start();
  return { platform, store: await openDiskStore({ root: ROOT, platform, format }) };
}

/** Publishes each list of runs as one commit; run `a-3` has the name `a`. */
async function publish(
  { platform, store }: Opened,
  ...commits: readonly (readonly string[])[]
): Promise<void> {
  for (const ids of commits) {
    const runs = ids.map((id) =>
      sampleRun(openStager(store.stager, platform), { id, name: id.split('-')[0]!, answers: true }),
    );
    await Promise.all(runs.map((run) => store.publish(run)));
  }
}

function numbered(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${name}-${String(n).padStart(3, '0')}`);
}

function segmentFiles(machine: SimulatedMachine): readonly string[] {
  return machine.files.list(SEGMENTS).map(({ name }) => name);
}

/** The data of every run as read, or the code of the error. */
async function contents(store: DiskStore): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  const orCode = async <T>(read: () => Promise<T>): Promise<T | string> => {
    try {
      return await read();
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  };
  for (const id of await store.runIds()) {
    const run = await orCode(() => store.run(id));
    all[id] = run;
    if (typeof run !== 'object') continue;
    for (const { digest } of run.artefacts.flatMap(({ chunks }) => chunks))
      all[digest] = await orCode(async () => Buffer.from(await store.blob(digest)).toString());
    all[`key of ${id}`] = (await store.runForKey(run.input_key))?.id;
    all[`name of ${id}`] = (await store.latestRun(run.name))?.id;
  }
  return all;
}

async function problems(store: DiskStore): Promise<readonly string[]> {
  return (await verifyStore(store)).problems.map(({ type, path }) => `${type} ${path}`);
}

void t.test('one commit is one file for any number of runs', async (inner) => {
  const machine = new SimulatedMachine();
  const opened = await open(machine);
  const steps: string[] = [];
  machine.files.before = (step, path) => steps.push(`${step} ${path.slice(ROOT.length + 1)}`);
  await publish(opened, numbered('a', 64));
  machine.files.before = nothing;
  const at = (pattern: RegExp): number => steps.filter((step) => pattern.test(step)).length;
  inner.equal(segmentFiles(machine).length, 1);
  inner.equal(at(/^rename segments/), 1);
  inner.equal(at(/^create tmp/), 1);
  inner.equal(at(/^sync (?!tmp|segments$)/), 0, 'nothing else is synced');
  inner.equal(at(/^makeDirectory/), 0);
  for (const space of ['runs', 'refs/keys', 'refs/scenarios', 'blobs/sha256'])
    inner.strictSame(machine.files.list(`${ROOT}/${space}`), [], `${space} has no plain file`);
  inner.equal((await opened.store.runIds()).length, 64);
  inner.equal((await opened.store.latestRun('a'))?.id, 'a-063');
  inner.strictSame(await problems(opened.store), []);
});

void t.test('references survive in segments without runs', async (inner) => {
  const machine = new SimulatedMachine();
  const { platform, store } = await open(machine);
  const ids = numbered('a', 3);
  await publish({ platform, store }, ids, ['b-001']);
  await unpackStore(store, nothing);
  const expected = await contents(store);
  // Records and blobs first: what is left for the second segment are the references.
  const plain = machine.files.list(`${ROOT}/refs/keys`).map(({ name }) => `${ROOT}/refs/keys/${name}`);
  const kept = plain.map((path) => [path, machine.files.readText(path)!] as const);
  for (const path of plain) machine.files.remove(path);
  await packStore(store, nothing);
  for (const [path, text] of kept) machine.files.create(path, text);
  await packStore(store, nothing);
  await store.close();
  for (const { name } of machine.files.list(`${ROOT}/cache`)) machine.files.remove(`${ROOT}/cache/${name}`);
  inner.strictSame(machine.files.list(`${ROOT}/refs/keys`), []);
  const again = await open(machine);
  inner.strictSame(await contents(again.store), expected, 'read in another process');
  await packStore(again.store, nothing);
  inner.strictSame(await contents(again.store), expected, 'merged');
  await collectGarbage(again.store, { now: machine.now, keepLast: 10 });
  inner.strictSame(await contents(again.store), expected, 'collected');
  await unpackStore(again.store, nothing);
  inner.strictSame(await contents(again.store), expected, 'as plain files');
});

void t.test('a large blob gets a separate file', async (inner) => {
  const machine = new SimulatedMachine();
  const { platform, store } = await open(machine);
  const stager = openStager(store.stager, platform);
  const large = 'x'.repeat(200_000);
  await store.publish(sampleRun(stager, { id: 'r1', artefacts: { umx_ledger: [large, 'small'] } }));
  inner.equal(machine.files.list(`${ROOT}/blobs/sha256`).length, 1);
  inner.ok((await contents(store))['r1']);
  inner.strictSame(await problems(store), []);
});

void t.test('publications and removals by another process are visible at once', async (inner) => {
  const machine = new SimulatedMachine();
  const here = await open(machine);
  const there = await open(machine);
  await publish(there, ['a-1', 'a-2', 'b-1']);
  inner.strictSame(await here.store.runIds(), ['a-1', 'a-2', 'b-1']);
  inner.equal((await here.store.runForKey(keyOf('a-1')))?.id, 'a-1');
  await collectGarbage(there.store, { now: machine.now, keepLast: 1 });
  inner.strictSame(await here.store.runIds(), ['a-2', 'b-1']);
  inner.equal(await here.store.runForKey(keyOf('a-1')), undefined);
  await publish(here, ['a-3']);
  inner.equal((await there.store.latestRun('a'))?.id, 'a-3');
  inner.strictSame(await problems(there.store), []);
});

void t.test('the later of two commits of one name is current in every process', async (inner) => {
  const machine = new SimulatedMachine();
  const first = await open(machine);
  const second = await open(machine);
  for (let turn = 0; turn < 6; turn++) {
    const id = `a-${String(turn)}`;
    await publish(turn % 2 === 0 ? first : second, [id]);
    for (const { store } of [first, second, await open(machine)])
      inner.equal((await store.latestRun('a'))?.id, id);
  }
});

void t.test('gc merges mostly dead segments and keeps runs that are needed', async (inner) => {
  const machine = new SimulatedMachine();
  const opened = await open(machine);
  await publish(opened, numbered('a', 20), numbered('b', 20), ['c-000', ...numbered('d', 9)]);
  const before = await contents(opened.store);
  const report = await collectGarbage(opened.store, { now: machine.now, keepLast: 1 });
  inner.equal(report.runs_removed.length, 46);
  inner.equal(segmentFiles(machine).length, 1, 'one for the remaining runs of three');
  const after = await contents(opened.store);
  inner.strictSame(
    Object.keys(after).filter((key) => key.length < 10),
    ['a-019', 'b-019', 'c-000', 'd-008'],
  );
  for (const [key, value] of Object.entries(after)) inner.strictSame(value, before[key], key);
  inner.strictSame(await problems(opened.store), []);
  inner.strictSame(await contents((await open(machine)).store), after, 'another process has the same answer');
  await collectGarbage(opened.store, { now: machine.now, keepLast: 0 });
  inner.strictSame(segmentFiles(machine), [], 'an empty store has no segments');
});

void t.test('a power failure at any step of gc, pack and unpack leaves a consistent store', async (inner) => {
  const works: Record<string, (opened: Opened, machine: SimulatedMachine) => Promise<unknown>> = {
    gc: ({ store }, { now }) => collectGarbage(store, { now, keepLast: 2 }),
    pack: ({ store }) => packStore(store, nothing),
    unpack: ({ store }) => unpackStore(store, nothing),
  };
  for (const [name, work] of Object.entries(works)) {
    let steps = 0;
    for (let step = 0; ; step++) {
      const machine = new SimulatedMachine();
      const opened = await open(machine);
      await publish(opened, ['a-1', 'a-2', 'b-1'], ['a-3', 'a-4'], ['a-5']);
      if (name === 'pack') await unpackStore(opened.store, nothing);
      const before = await contents(opened.store);
      let left = step;
      let isOver = true;
      machine.files.before = (): void => {
        if (left-- > 0) return;
        isOver = false;
        throw new Error('power cut');
      };
      await work(opened, machine).catch(nothing);
      machine.alive.clear();
      const draw = draws(step + 1);
      machine.files.cutPower({ keepName: () => draw() < 0.5, keepBytes: draw, pickVersion: draw });
      const { store } = await open(machine);
      const at = `${name}, step ${String(step)}`;
      const found = await contents(store);
      for (const id of name === 'gc' ? ['a-4', 'a-5', 'b-1'] : Object.keys(before))
        inner.strictSame(found[id], before[id], `${at}: ${id}`);
      const { problems: named } = await verifyStore(store);
      if (named.length > 0) inner.strictSame(named, [], at);
      if (isOver) break;
      steps += 1;
    }
    inner.ok(steps > 20, `${name}: ${String(steps)} steps`);
  }
});

void t.test('pack and unpack change only the location of the bytes', async (inner) => {
  const machine = new SimulatedMachine();
  const plain = await open(machine, STORE_FORMATS.plain);
  await publish(plain, numbered('a', 5), numbered('b', 5));
  const before = await contents(plain.store);
  await inner.rejects(packStore(plain.store, nothing), { code: 'STORE_FORMAT', message: /store upgrade/ });
  inner.equal(await upgradeStore(plain.store), true);
  await plain.store.close();
  const opened = await open(machine);
  inner.equal(await upgradeStore(opened.store), false);
  inner.strictSame(await contents(opened.store), before);
  await publish(opened, ['c-1']);
  const more = await contents(opened.store);
  inner.match(await packStore(opened.store, nothing), { merged: 0, segments: 2 });
  inner.strictSame(await contents(opened.store), more);
  inner.match(await packStore(opened.store, nothing), { files: 0, merged: 2, segments: 1 });
  inner.strictSame(machine.files.list(`${ROOT}/runs`), []);
  inner.strictSame(await contents((await open(machine)).store), more);
  inner.strictSame(await problems(opened.store), []);
  inner.match(await unpackStore(opened.store, nothing), { segments: 0 });
  inner.strictSame(segmentFiles(machine), []);
  inner.strictSame(await contents((await open(machine)).store), more);
  inner.strictSame(await problems(opened.store), []);
});

void t.test('a store is upgraded only while no other process writes to it', async (inner) => {
  const machine = new SimulatedMachine();
  const here = await open(machine, STORE_FORMATS.plain);
  const there = await open(machine, STORE_FORMATS.plain);
  await inner.rejects(upgradeStore(here.store), {
    code: 'STORE_LOCKED',
    message: /open for writing by process/,
  });
  await there.store.close();
  inner.equal(await upgradeStore(here.store), true);
  inner.equal(machine.files.readText(`${ROOT}/store.json`), '{"format":"aether-store/2"}\n');
});

void t.test('an existing plain reference is replaced, not hidden', async (inner) => {
  const machine = new SimulatedMachine();
  const plain = await open(machine, STORE_FORMATS.plain);
  await publish(plain, ['a-1']);
  await upgradeStore(plain.store);
  await plain.store.close();
  const opened = await open(machine);
  await publish(opened, ['a-2']);
  inner.equal((await opened.store.latestRun('a'))?.id, 'a-2');
  await packStore(opened.store, nothing);
  await publish(opened, ['a-3']);
  inner.equal((await (await open(machine)).store.latestRun('a'))?.id, 'a-3');
});

void t.test('on a full disk gc marks runs as removed without using space', async (inner) => {
  const machine = new SimulatedMachine();
  const opened = await open(machine);
  await publish(opened, ['a-1', 'a-2']);
  machine.files.before = (step, path): void => {
    if (step === 'create' && path.includes('/tmp/')) throw systemError('ENOSPC', path);
  };
  await collectGarbage(opened.store, { now: machine.now, keepLast: 1 });
  machine.files.before = nothing;
  machine.alive.clear();
  machine.files.cutPower({ keepName: () => false, keepBytes: () => 0 });
  const next = await open(machine);
  inner.strictSame(await next.store.runIds(), ['a-2']);
  inner.strictSame(await problems(next.store), []);
  await publish(next, ['a-3']);
  await collectGarbage(next.store, { now: machine.now, keepLast: 1 });
  inner.strictSame(await next.store.runIds(), ['a-3']);
  inner.strictSame(await problems(next.store), []);
});

void t.test('an unreadable segment is reported and does not hide others', async (inner) => {
  const machine = new SimulatedMachine();
  const opened = await open(machine);
  await publish(opened, ['a-1', 'b-1'], ['c-1']);
  await opened.store.close();
  const [first] = segmentFiles(machine);
  const path = `segments/${first!}`;
  machine.files.before = (step, at): void => {
    if (step.startsWith('read') && at === `${ROOT}/${path}`) throw systemError('EACCES', at);
  };
  const notices: string[] = [];
  const store = await openDiskStore({
    root: ROOT,
    platform: machine.start(),
    onNotice: (notice) => notices.push(describeNotice(notice)),
  });
  const ids = await store.runIds();
  inner.ok(ids.length === 1 || ids.length === 2, 'the runs of the other segment are listed');
  inner.strictSame(notices, [`${path} cannot be read (EACCES); aether store verify lists the affected runs`]);
  const [problem] = (await verifyStore(store)).problems;
  inner.match(problem, { type: 'segment_damaged', path, message: /cannot be read: permission denied/ });
  await inner.rejects(collectGarbage(store, { now: machine.now, keepLast: 0 }), {
    code: 'STORE_RECORD_CORRUPT',
    message: /verify --repair/,
  });
  const { unmended } = await repairTree(store, [problem!]);
  inner.match(
    unmended,
    [{ path, why: /permission denied/ }],
    'a segment without read permission is not moved',
  );
  machine.files.before = nothing;
  inner.strictSame(await (await open(machine)).store.runIds(), ['a-1', 'b-1', 'c-1']);
});

void t.test('another kind of file at the place of a segment is reported and set aside', async (inner) => {
  const machine = new SimulatedMachine();
  const { store } = await open(machine);
  const name = keyOf('some digest');
  machine.files.makeDirectory(`${SEGMENTS}/${name}`);
  machine.files.overwrite(`${SEGMENTS}/notes.txt`, Buffer.from('x'));
  const found = (await verifyStore(store)).problems;
  inner.match(
    found.map(({ type, path }) => `${type} ${path}`),
    [`segment_damaged segments/${name}`, 'stray_file segments/notes.txt'],
  );
  await repairTree(store, found);
  inner.strictSame(await problems(store), ['stray_file segments/notes.txt']);
});

/** Changes, truncates or removes a file in segments/. */
function damage(machine: SimulatedMachine, seed: number): string {
  const draw = draws(seed);
  const names = segmentFiles(machine);
  const name = names[Math.floor(draw() * names.length)]!;
  const path = `${SEGMENTS}/${name}`;
  const bytes = Buffer.from(machine.files.readRange(path, 0, 1e9));
  const at = Math.floor(draw() * bytes.length);
  const kind = Math.floor(draw() * 3);
  if (kind === 0) bytes[at] = bytes[at]! ^ (1 << Math.floor(draw() * 8));
  if (kind === 1) bytes.fill(0, at, Math.min(at + 512, bytes.length));
  machine.files.overwrite(path, kind === 2 ? bytes.subarray(0, at) : bytes);
  return path.slice(ROOT.length + 1);
}

async function damaged(inner: Test, seed: number): Promise<void> {
  const machine = new SimulatedMachine();
  const opened = await open(machine);
  await publish(opened, ['a-1', 'a-2', 'b-1'], ['a-3', 'c-1'], ['c-2', 'd-1']);
  // Leaves a list of dead places beside the first segment.
  await collectGarbage(opened.store, { now: machine.now, keepLast: 2 });
  const before = await contents(opened.store);
  await opened.store.close();
  const path = damage(machine, seed);
  const at = `seed ${String(seed)}, ${path}`;
  const { store } = await open(machine);
  const found = await contents(store);
  const wrong = Object.entries(found).filter(
    ([key, value]) =>
      key in before &&
      typeof value !== 'string' &&
      typeof before[key] === 'object' &&
      JSON.stringify(value) !== JSON.stringify(before[key]),
  );
  if (wrong.length > 0) inner.strictSame(wrong, [], `${at}: wrong data is read`);
  const named = (await verifyStore(store)).problems;
  if (!named.some((problem) => problem.path === path)) inner.fail(`${at}: not named`);
  await repairTree(store, named);
  const left = (await verifyStore(store)).problems.filter(({ type }) => type !== 'blob_missing');
  if (left.length > 0) inner.strictSame(left, [], `${at}: not repaired`);
  const mended = await contents(store);
  for (const id of await store.runIds()) {
    if (id in before && JSON.stringify(mended[id]) !== JSON.stringify(before[id]))
      inner.fail(`${at}: ${id} differs`);
    if (mended[`name of ${id}`] === undefined) inner.fail(`${at}: ${id} has lost its name`);
  }
  if (!machine.files.list(`${ROOT}/damaged`).some(({ name }) => name.startsWith(path.replace('/', '-'))))
    inner.fail(`${at}: no evidence is kept`);
  await store.close();
}

void t.test('three hundred damaged segments are listed, and repaired as far as possible', async (inner) => {
  for (let seed = 1; seed <= 300; seed++) await damaged(inner, seed);
  inner.pass('no wrong byte was read');
});
