import { join } from 'node:path';
import type { RunRecord } from '../../lib/store/index.js';
import { shown, type Report } from './measure.js';
import { benchStore, executeManifest } from './one-run.js';
import { gridEdges, workDirectory, writeGridManifest } from './scenario.js';

const SIDE = 16;
const TICKS = 4000;

/** Stored bytes per edge and tick of the same run, full and compact. */
export async function benchCompact(report: Report): Promise<void> {
  const work = workDirectory();
  try {
    const perEdgeTick: number[] = [];
    for (const retain of ['full', 'compact']) {
      const manifest = writeGridManifest(join(work.path, retain), { side: SIDE, ticks: [TICKS], retain });
      const store = await benchStore(join(work.path, retain, 'tree'));
      const [record] = await executeManifest(manifest, { store });
      await store.close();
      perEdgeTick.push(storedBytes(record!) / (gridEdges(SIDE) * TICKS));
    }
    const [full, compact] = perEdgeTick as [number, number];
    report(
      `${gridEdges(SIDE)} edges x ${TICKS} ticks: full ${shown(full)} bytes per edge-tick, ` +
        `compact ${shown(compact, 3)}; 1/${shown(full / compact, 1)}`,
    );
  } finally {
    work.done();
  }
}

function storedBytes({ artefacts }: RunRecord): number {
  return artefacts.filter(({ stored }) => stored).reduce((sum, { size }) => sum + size, 0);
}
