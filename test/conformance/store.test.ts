import { join } from 'node:path';
import t from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { MemoryStore, openDiskStore, openStager } from '../../lib/store/index.js';
import { storeSuite } from './store-suite.js';

void t.test('memory', async (inner) => {
  storeSuite(inner, async () => {
    const store = new MemoryStore();
    return { store, stager: openStager(store.stager) };
  });
});

void t.test('disk', async (inner) => {
  const platform = nodePlatform();
  const directory = inner.testdir();
  let count = 0;
  storeSuite(inner, async () => {
    count += 1;
    const store = await openDiskStore({ root: join(directory, `store-${String(count)}`), platform });
    return { store, stager: openStager(store.stager, platform) };
  });
});
