import t from 'tap';
import { AetherError } from '../../lib/base/errors.js';
import { LastRuns } from '../../lib/store/last-runs.js';
import { MemoryStore, type BatchRecord } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepBatch, keepRun } from '../inspect/sample-store.js';

/** Records which batches are read; one of them is damaged. */
class NotingStore extends MemoryStore {
  readonly read: string[] = [];

  override async batch(id: string): Promise<BatchRecord | undefined> {
    this.read.push(id);
    if (id === 'r4') throw new AetherError('STORE_RECORD_CORRUPT', 'damaged');
    return super.batch(id);
  }
}

/** Completes the reading of an older batch before that of a newer one. */
class HastyStore extends MemoryStore {
  readonly read: string[] = [];

  override async batch(id: string): Promise<BatchRecord | undefined> {
    this.read.push(id);
    const record = await super.batch(id);
    await new Promise((resolve) => setTimeout(resolve, Number(id.slice(1)) * 5));
    return record;
  }
}

void t.test('the last result of a name, executed or cached, is found without needless reads', async (t) => {
  const store = new NotingStore();
  const inputs = sampleInputs();
  const first = await keepRun(store, inputs, { id: 'r1', name: 'first' });
  await keepBatch(store, 'r2', { name: 'second', run: first });
  await keepBatch(store, 'r3', { name: 'third', run: first });
  await keepBatch(store, 'r4', { name: 'second', run: first });
  await keepBatch(store, 'r5', { name: 'other', run: first });
  await keepRun(store, inputs, { id: 'r6', name: 'third' });

  const last = new LastRuns(store);
  t.equal((await last.of('third'))?.id, 'r6', 'executed after a batch used another result');
  t.strictSame(store.read, [], 'no batch began later');
  t.equal((await last.of('second'))?.id, 'r1');
  t.strictSame(store.read, ['r5', 'r4', 'r3', 'r2'], 'the newest first, skipping a damaged one');
  t.equal((await last.of('third'))?.id, 'r6');
  t.equal((await last.of('first'))?.id, 'r1', 'its own');
  t.equal(await last.of('nobody'), undefined);
  t.equal(await last.of('No such name'), undefined);
  t.equal(store.read.length, 4, 'each once');
});

void t.test('a lookup of many names reads each batch once, the newest first', async (t) => {
  const store = new HastyStore();
  const inputs = sampleInputs();
  const early = await keepRun(store, inputs, { id: 'r1', name: 'early' });
  const late = await keepRun(store, inputs, { id: 'r2', name: 'late' });
  await keepBatch(store, 'r3', { name: 'wanted', run: early });
  await keepBatch(store, 'r4', { name: 'wanted', run: late });
  await keepBatch(store, 'r5', { name: 'other', run: early });
  const last = new LastRuns(store);
  const found = await Promise.all(['wanted', 'nobody', 'wanted', 'other'].map((name) => last.of(name)));
  t.strictSame(
    found.map((run) => run?.id),
    ['r2', undefined, 'r2', 'r1'],
  );
  t.strictSame(store.read, ['r5', 'r4', 'r3']);
});
