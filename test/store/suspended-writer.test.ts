import t from 'tap';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { sampleRun, type SampleOptions } from './sample-run.js';
import { systemError } from './simulated-files.js';
import { SimulatedMachine } from './simulated-machine.js';
import { runId } from '../ids.js';

/**
 * A writer that is suspended between the check for a record and the creation of its record, for any time: runs
 * that others publish meanwhile are kept.
 */

const ROOT = '/data/store';
const RECORD = `${ROOT}/runs/r1.json`;
const RUN = { id: 'r1' };

/** Bytes of the record file of a run. */
async function recordOf(options: SampleOptions): Promise<string> {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  await store.publish(sampleRun(openStager(store.stager, platform), options));
  return machine.files.readText(`${ROOT}/runs/${options.id}.json`)!;
}

/** Publishes a run; the bytes replace its record right before it gets its name. */
async function publishedAfter(bytes: string, links: boolean) {
  const machine = new SimulatedMachine();
  const platform = machine.start();
  const store = await openDiskStore({ root: ROOT, platform });
  const run = sampleRun(openStager(store.stager, platform), RUN);
  const { files } = machine;
  let isDue = true;
  files.before = (step, path) => {
    if (path !== RECORD || step !== 'link') return;
    if (isDue) {
      isDue = false;
      files.create(RECORD, bytes);
    }
    if (!links) throw systemError('EPERM', path);
  };
  const error = await store.publish(run).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  files.before = () => undefined;
  return { error, files, store };
}

for (const links of [true, false]) {
  const how = links ? 'with hard links' : 'on a file system without hard links';

  void t.test(`another run that was published under the name meanwhile is kept, ${how}`, async (t) => {
    const other = await recordOf({ id: 'r1', name: 'other' });
    const { error, files, store } = await publishedAfter(other, links);
    t.match(error, { code: 'STORE_RUN_EXISTS' });
    t.equal(files.readText(RECORD), other);
    t.equal(await store.latestRun('gf01'), undefined, 'no reference names the refused run');
    t.strictSame(files.list(`${ROOT}/tmp`), []);
  });

  void t.test(`a run that another process publishes meanwhile counts as published, ${how}`, async (t) => {
    const same = await recordOf(RUN);
    const { error, files, store } = await publishedAfter(same, links);
    t.equal(error, undefined);
    t.equal(files.readText(RECORD), same);
    t.equal((await store.latestRun('gf01'))?.id, 'r1');
    t.strictSame(files.list(`${ROOT}/tmp`), []);
  });

  void t.test(`a damaged record is replaced, ${how}`, async (t) => {
    const { error, store } = await publishedAfter('{"half of', links);
    t.equal(error, undefined);
    t.equal((await store.run(runId('r1')))?.name, 'gf01');
  });
}
