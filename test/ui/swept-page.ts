import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore, type ArtefactStore, type RunRecord } from '../../lib/store/index.js';
import { keepSweep, writeSweep } from '../service/swept-store.js';
import { temporary } from '../service/temporary.js';
import { openDashboard, type OpenPage, type PageOptions } from './browser.js';

/** Of the whole file, because the service uses the directory of each test. */
const { directory } = temporary(t);

/** A page of a store filled by `fill`. */
export async function openFilled(
  inner: Test,
  options: PageOptions,
  fill: (store: ArtefactStore) => Promise<void>,
): Promise<OpenPage> {
  const root = mkdtempSync(join(directory, 'filled-'));
  const store = await openDiskStore({ root, platform: nodePlatform() });
  await fill(store);
  return openDashboard(inner, { ...options, service: { store } });
}

/** The sweep `ring` with two axes and six runs, and `many` with one axis and a given number of runs. */
export async function openSwept(inner: Test, options: PageOptions, many = 0): Promise<OpenPage> {
  return openFilled(inner, options, async (store) => {
    const records: readonly RunRecord[] = await keepSweep(store, {
      ticks: [8, 64, 512],
      profiles: ['cmp-0', 'cmp-1'],
    });
    writeSweep(store.location, records[0]!, many);
  });
}
