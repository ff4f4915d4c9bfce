import { join } from 'node:path';
import t from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, openStager } from '../../lib/store/index.js';
import { storeSuite } from './store-suite.js';

for (const format of ['aether-store/1', 'aether-store/2'] as const) {
  void t.test(format, async (inner) => {
    const platform = nodePlatform();
    const directory = inner.testdir();
    let count = 0;
    storeSuite(inner, async () => {
      count += 1;
      const root = join(directory, `store-${String(count)}`);
      const store = await openDiskStore({ root, platform, format });
      return { store, stager: openStager(store.stager, platform) };
    });
  });
}
