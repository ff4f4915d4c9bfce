import { sha256 } from '../../lib/base/digest.js';
import type { BatchRecord } from '../../lib/store/index.js';

/** A batch record, by default without runs. */
export function sampleBatch(part: Partial<BatchRecord> & { readonly id: string }): BatchRecord {
  return {
    schema: 'aether-batch/1',
    started_at: '2025-01-01T00:00:00.000Z',
    ended_at: '2025-01-01T00:00:01.000Z',
    manifests: ['m.yaml'],
    plan_digest: sha256('plan'),
    report_digest: sha256('report'),
    outcomes: [],
    ...part,
  };
}
