import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashRecord } from '../../lib/base/digest.js';
import type { RunRecord } from '../../lib/store/index.js';
import { sealRecord } from '../../lib/store/record-file.js';
import { configRunId, runId } from '../ids.js';

/** Writes that many plain run records into the directory of an open store. */
export function writeRecords(root: string, count: number): void {
  mkdirSync(join(root, 'runs'), { recursive: true });
  for (let n = 0; n < count; n++) {
    const record = recordOf(n);
    writeFileSync(join(root, 'runs', `${record.id}.json`), sealRecord(record));
  }
}

function recordOf(n: number): RunRecord {
  const at = new Date(Date.UTC(2025, 0, 1) + n * 1000).toISOString();
  const nothing = hashRecord({});
  return {
    schema: 'aether-run/1',
    id: runId(`${at.replace(/[^0-9]/g, '')}-${String(n).padStart(10, '0')}`),
    name: `bench-${String(n % 50)}`,
    scenario: `bench-${String(n % 50)}`,
    cell: {},
    run_id: configRunId('bench'),
    gid: 'BENCH',
    input_key: hashRecord({ n }),
    inputs: { topology: nothing },
    state: n % 10 === 0 ? 'faulted' : 'completed',
    failure: null,
    started_at: at,
    ended_at: at,
    ticks_total: 64,
    ticks_completed: 64,
    retain: 'full',
    engine: { version: '1.0.0', commit: null, node: 'v20', platform: 'linux' },
    artefacts: [],
    result_digest: nothing,
    metrics: { window_count: 8, nap_total: 67, apx_manifests: 8, uledger_entries: 64 },
    loom: { tip: null, i_blocks: 8 },
    golden: null,
  };
}
