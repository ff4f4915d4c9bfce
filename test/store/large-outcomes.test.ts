import { readFileSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { sha256 } from '../../lib/base/digest.js';
import { selectRuns } from '../../lib/inspect/selection/index.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { batchOutcomes, type Outcome } from '../../lib/store/batch-outcomes.js';
import { LastRuns } from '../../lib/store/last-runs.js';
import { sampleBatch } from './sample-batch.js';
import { sampleRun } from './sample-run.js';
import { runId } from '../ids.js';

function outcome(n: number, name = `sweep[n=${String(n)}]`): Outcome {
  return {
    name,
    input_key: sha256(name),
    state: n % 7 === 0 ? 'cached' : 'completed',
    run: n % 11 === 0 ? null : runId('shared'),
    result_digest: sha256(`result ${name}`),
    duration_ms: n,
    failure: n % 5 === 0 ? `"},{" ${'x'.repeat(n % 900)}` : null,
  };
}

void t.test('a large batch is read in pieces, with the same answers as a small one', async (t) => {
  const root = t.testdir();
  const platform = nodePlatform();
  const store = await openDiskStore({ root, platform });
  t.teardown(() => store.close());
  const run = sampleRun(openStager(store.stager, platform), { id: 'shared', name: 'first', artefacts: {} });
  await store.publish(run);
  const outcomes = Array.from({ length: 20_000 }, (_, n) => outcome(n));
  await store.putBatch(sampleBatch({ id: 'large-1', outcomes }));
  await store.putBatch(sampleBatch({ id: 'small-2', outcomes: outcomes.slice(0, 3) }));
  const file = join(root, 'batches/large-1.json');
  t.ok(statSync(file).size > 4 << 20);

  const pieces = [...(store.largeOutcomes('large-1') ?? [])];
  t.ok(pieces.length > 1, 'more than one piece');
  t.strictSame(pieces.flat(), outcomes);
  t.equal(store.largeOutcomes('small-2'), undefined);
  t.equal(await batchOutcomes(store, 'nosuch'), undefined);
  t.equal(await batchOutcomes(store, '../batches/large-1'), undefined);

  const found = await new LastRuns(store).of('sweep[n=19999]');
  t.equal(found?.id, 'shared');
  const runs = await selectRuns(store, { where: ['run!=first'] });
  if (!runs.ok) throw new Error(runs.problem.message);
  let count = 0;
  for await (const { name, batch, run } of runs.value) {
    count++;
    const isLater = ['sweep[n=1]', 'sweep[n=2]'].includes(name);
    if (run.id !== 'shared' || batch !== (isLater ? 'small-2' : 'large-1')) t.fail(name);
  }
  t.equal(count, outcomes.filter((one) => one.run !== null).length);
});

void t.test('damage of a large batch is found before any of its outcomes is used', async (t) => {
  const root = t.testdir();
  const store = await openDiskStore({ root, platform: nodePlatform() });
  t.teardown(() => store.close());
  await store.putBatch(
    sampleBatch({ id: 'large-1', outcomes: Array.from({ length: 20_000 }, (_, n) => outcome(n)) }),
  );
  const file = join(root, 'batches/large-1.json');
  const bytes = readFileSync(file);
  chmodSync(file, 0o644);
  for (const at of [100, bytes.length >> 1, bytes.length - 120, bytes.length - 10, bytes.length - 1]) {
    const broken = Buffer.from(bytes);
    broken[at] = broken[at]! ^ 1;
    writeFileSync(file, broken);
    t.throws(() => store.largeOutcomes('large-1'), { code: 'STORE_RECORD_CORRUPT' });
  }
  await t.rejects(batchOutcomes(store, 'large-1'), { code: 'STORE_RECORD_CORRUPT' });
  t.equal(await new LastRuns(store).of('sweep[n=1]'), undefined, 'no history');
  writeFileSync(join(root, 'batches/other.json'), bytes);
  t.throws(
    () => [...(store.largeOutcomes('other') ?? [])],
    /no outcomes of batch other/,
    'a record of another id',
  );
});
