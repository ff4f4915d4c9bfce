import { setImmediate as nextTurn } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { diagnosticTasks, type ProfileParts } from '../../lib/service/diagnostics/profiles.js';
import type { BatchDetail } from '../../lib/service/wire/index.js';
import { buildContext, type BuiltContext } from '../../lib/service/build-context.js';
import type { ServiceOptions } from '../../lib/service/index.js';
import { Barrier } from './barrier.js';
import { MANIFEST, writeDocuments } from './service-documents.js';
import { inProcessExecutor, NO_GOLDENS, serviceOptions } from './service-in-process.js';
import { temporary } from './temporary.js';

/** A service without its HTTP part. */
async function build(
  t: Test,
  changes: Partial<ServiceOptions> = {},
  manifest?: string,
): Promise<BuiltContext> {
  const { directory, atEnd } = temporary(t);
  writeDocuments(directory, manifest);
  const options = await serviceOptions(directory, changes);
  atEnd(() => options.store.close());
  const built = await buildContext(options);
  atEnd(() => built.close());
  atEnd(() => built.stopWork());
  return built;
}

/** A service whose disk can be delayed. */
async function buildOnSlowDisk(t: Test): Promise<BuiltContext & { holdUp: () => Barrier }> {
  const platform = nodePlatform();
  let barrier: Barrier | undefined;
  const sync = async (path: string): Promise<void> => {
    await barrier?.pass();
    await platform.files.sync(path);
  };
  const built = await build(t, { platform: { ...platform, files: { ...platform.files, sync } } });
  return { ...built, holdUp: () => (barrier = new Barrier()) };
}

/** Stops the work of a service while an operation is delayed, and returns which ended first. */
async function ends(built: BuiltContext, barrier: Barrier, work: Promise<unknown>): Promise<string[]> {
  const ended: string[] = [];
  const note = (what: string) => (): void => void ended.push(what);
  await barrier.reached;
  const all = [work.then(note('work'), note('work')), built.stopWork().then(note('service'))];
  await nextTurn();
  barrier.open();
  await Promise.all(all);
  return ended;
}

void t.test('closing waits for a batch that is being started, and no run starts afterwards', async (t) => {
  const barrier = new Barrier();
  const inner = inProcessExecutor(nodePlatform());
  let closed = false;
  const executor = {
    slots: 1,
    execute: inner.execute.bind(inner),
    close: () => ((closed = true), inner.close()),
  };
  const startBatchExecutor = async () => {
    await barrier.pass();
    return executor;
  };
  const built = await build(t, { startBatchExecutor });
  const { batches } = built.context;
  const start = batches.start({ scenarios: ['quick'] });
  const refused = t.rejects(start, { code: 'shutting-down' });
  t.strictSame(await ends(built, barrier, start), ['work', 'service']);
  await refused;
  t.ok(closed, 'its threads have ended');
  t.strictSame(await batches.places(), []);
});

void t.test('closing waits for the threads of a batch that has ended', async (t) => {
  const barrier = new Barrier();
  const inner = inProcessExecutor(nodePlatform());
  const close = async (): Promise<void> => {
    await barrier.pass();
    await inner.close();
  };
  const executor = { slots: 1, execute: inner.execute.bind(inner), close };
  const built = await build(t, { startBatchExecutor: () => Promise.resolve(executor) });
  const { batches } = built.context;
  const { batch_id } = await batches.start({ scenarios: ['quick'] });
  await barrier.reached;
  t.equal((await batches.get(batch_id)).state, 'completed');
  t.strictSame(await ends(built, barrier, batches.ended(batch_id)), ['work', 'service']);
});

void t.test('closing waits for a run that is being started, and the run is not stored', async (t) => {
  const built = await buildOnSlowDisk(t);
  const { startRun, supervisor } = built.context;
  const barrier = built.holdUp();
  const start = startRun({ scenario_id: 'quick' });
  const refused = t.rejects(start, { code: 'shutting-down' });
  t.strictSame(await ends(built, barrier, start), ['work', 'service']);
  await refused;
  t.strictSame(supervisor.active, []);
});

void t.test('closing waits for diagnostics that are being started and aborts them', async (t) => {
  const built = await buildOnSlowDisk(t);
  const { diagnostics } = built.context;
  const barrier = built.holdUp();
  const start = diagnostics.start('SMOKE');
  t.strictSame(await ends(built, barrier, start), ['work', 'service']);
  t.match(diagnostics.get((await start).id), { state: 'ABORTED' });
});

void t.test('a check that is aborted while it starts its batch stops the batch', async (t) => {
  const manifest = MANIFEST.replace('  - id: endless\n', '  - id: endless\n    golden: true\n');
  const { context } = await build(t, {}, manifest);
  const { batches, catalogue, directory, store } = context;
  const abort = new AbortController();
  const stopped: Promise<BatchDetail>[] = [];
  const aborting: ProfileParts['batches'] = {
    start: async (request, machine) => {
      const detail = await batches.start(request, machine);
      abort.abort();
      return detail;
    },
    stop: (id) => {
      stopped.push(batches.stop(id));
      return stopped[0]!;
    },
    ended: async () => void (await stopped[0]),
    get: (id) => batches.get(id),
  };
  const tasks = diagnosticTasks({
    catalogue,
    directory,
    store,
    goldens: NO_GOLDENS,
    audit: null,
    batches: aborting,
  });
  const { check } = tasks.FULL_SUITE.find(({ name }) => name === 'all goldens')!;
  await check({ signal: abort.signal, run: () => Promise.reject(new Error('no single run is asked for')) });
  t.match(await Promise.all(stopped), [{ state: 'cancelled' }]);
});
