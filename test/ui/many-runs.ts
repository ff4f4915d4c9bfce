import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { nodePlatform } from '../../lib/platform/index.js';
import { openDiskStore } from '../../lib/store/index.js';
import { writeRecords } from '../bench/service-tree.js';
import { temporary } from '../service/temporary.js';
import { openDashboard, type OpenPage, type PageOptions } from './browser.js';

const MANY = 2500;

/** Of the whole file, because the service uses the directory of each test. */
const { directory } = temporary(t);

/** A page of a store with many runs: 50 names, every tenth run a fault, one run per second. */
export async function openMany(inner: Test, options: PageOptions): Promise<OpenPage> {
  const root = mkdtempSync(join(directory, 'many-'));
  const store = await openDiskStore({ root, platform: nodePlatform() });
  writeRecords(root, MANY);
  return openDashboard(inner, { ...options, service: { store } });
}
