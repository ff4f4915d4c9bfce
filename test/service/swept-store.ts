import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashRecord } from '../../lib/base/digest.js';
import type { ArtefactStore, RunRecord } from '../../lib/store/index.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { openStager } from '../../lib/store/publish/stager.js';
import { OBSERVED } from '../store/sample-observables.js';
import { sampleRun } from '../store/sample-run.js';
import { runId } from '../ids.js';

/**
 * Publishes the cells of a sweep with two axes: `ring[ticks=8,profile=cmp-0]` and so on, each with different
 * bits.
 */
export async function keepSweep(
  store: ArtefactStore,
  axes: { readonly ticks: readonly number[]; readonly profiles: readonly string[] },
): Promise<readonly RunRecord[]> {
  const records: RunRecord[] = [];
  const stager = openStager({ at: 'memory' });
  for (const ticks of axes.ticks) {
    for (const profile of axes.profiles) {
      const id = `2025010100000000${String(records.length)}-sweep`;
      const { record } = sampleRun(stager, { id, artefacts: {} });
      records.push({
        ...record,
        name: `ring[ticks=${String(ticks)},profile=${profile}]`,
        scenario: 'ring',
        cell: { ticks, profile_path: `../profiles/${profile}.yaml` },
        ticks_total: ticks,
        observables: { ...OBSERVED, press_bits: ticks * 10 + records.length },
        result_digest: hashRecord({ ticks, profile }),
      });
    }
  }
  for (const record of records) await store.publish({ record, blobs: [], cacheable: false });
  return records;
}

/** Writes many records of a sweep with one axis, `n`, directly into a directory of a store. */
export function writeSweep(root: string, record: RunRecord, count: number): void {
  for (let n = 0; n < count; n++) {
    const id = runId(`20250202${String(n).padStart(9, '0')}-many`);
    const many = { ...record, id, name: `many[n=${String(n)}]`, scenario: 'many', cell: { n } };
    writeFileSync(join(root, 'runs', `${id}.json`), sealRecord(many));
  }
}
