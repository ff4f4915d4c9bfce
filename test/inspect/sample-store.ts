import type { Json } from '../../lib/base/canonical-json.js';
import type { Digest } from '../../lib/base/digest.js';
import { ArtefactCollector } from '../../lib/execution/collect-artefacts.js';
import type { RunInputs } from '../../lib/engine/inputs.js';
import { openRun, type RunView } from '../../lib/inspect/index.js';
import { nodePlatform } from '../../lib/platform/index.js';
import { inputKey } from '../../lib/session/input-key.js';
import { Session } from '../../lib/session/session.js';
import { MemoryStore, openStager, type ArtefactStore, type RunRecord } from '../../lib/store/index.js';
import { runId } from '../ids.js';

/** Options for storing a sample run. */
export interface KeptAs {
  readonly id: string;
  readonly name?: string;
  readonly scenario?: string;
  readonly retain?: 'full' | 'compact';
  readonly chunk_bytes?: number;
  readonly checkpoint_every?: number;
  /** Stops after this number of ticks. */
  readonly stop_after?: number;
  readonly engine?: string;
  /** True if the record has the observables of the session; records of older versions have none. */
  readonly observed?: boolean;
}

/** Runs a session to its end and publishes it. */
export async function keepRun(store: ArtefactStore, inputs: RunInputs, as: KeptAs): Promise<RunRecord> {
  const collector = new ArtefactCollector(openStager(store.stager, nodePlatform()), as.retain ?? 'full');
  const session = new Session({
    inputs,
    sink: collector,
    chunk_bytes: as.chunk_bytes,
    checkpoint_every: as.retain === 'compact' ? (as.checkpoint_every ?? 4) : undefined,
  });
  const last = as.stop_after ?? inputs.run.ticks;
  while (session.ticks_completed < last && session.step());
  const outcome = session.finish();
  const { key, documents } = inputKey(inputs);
  const name = as.name ?? 'sample';
  const record: RunRecord = {
    schema: 'aether-run/1',
    id: runId(as.id),
    name,
    scenario: as.scenario ?? name,
    cell: {},
    run_id: inputs.run.run_id,
    gid: inputs.run.gid,
    input_key: key,
    inputs: documents,
    state: outcome.state,
    failure: outcome.state === 'faulted' ? outcome.fault : null,
    started_at: '2025-01-01T00:00:00.000Z',
    ended_at: '2025-01-01T00:00:01.500Z',
    ticks_total: inputs.run.ticks,
    ticks_completed: outcome.ticks_completed,
    retain: as.retain ?? 'full',
    engine: { version: as.engine ?? '1.0.0', commit: null, node: 'v20', platform: 'test' },
    ...collector.finish(),
    metrics: session.metrics as Json,
    ...(as.observed === true && session.observables !== null && { observables: session.observables }),
    loom: { tip: session.loom_tip, i_blocks: session.i_blocks },
    golden: null,
  };
  await store.publish({ record, blobs: collector.blobs, cacheable: outcome.state === 'completed' });
  return record;
}

/** Publishes the record of a batch that used a stored run for a name. */
export async function keepBatch(
  store: ArtefactStore,
  id: string,
  { name, run }: { readonly name: string; readonly run: RunRecord },
): Promise<void> {
  const { input_key, result_digest } = run;
  await store.putBatch({
    schema: 'aether-batch/1',
    id,
    started_at: '2025-01-01T00:00:00.000Z',
    ended_at: '2025-01-01T00:00:01.000Z',
    manifests: ['m.yaml'],
    plan_digest: result_digest,
    report_digest: result_digest,
    outcomes: [{ name, input_key, state: 'cached', run: run.id, result_digest, duration_ms: 0 }],
  });
}

/** A store that counts the blob bytes read from it. */
export class CountingStore extends MemoryStore {
  bytesRead = 0;

  override async blob(digest: Digest): Promise<Uint8Array> {
    const bytes = await super.blob(digest);
    this.bytesRead += bytes.length;
    return bytes;
  }
}

/** Opens a run that must exist. */
export async function mustOpen(store: ArtefactStore, ref: string): Promise<RunView> {
  const opened = await openRun(store, ref);
  if (!opened.ok) throw new Error(`no run ${ref}`);
  return opened.value;
}

/** The value of a lookup that must succeed. */
export function must<T>(lookup: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!lookup.ok) throw new Error('not found');
  return lookup.value;
}

/** Publishes a copy of a run with changed bytes and matching digests in one artefact. */
export async function keepAltered(
  store: ArtefactStore,
  original: RunView,
  change: {
    readonly id: string;
    readonly kind: string;
    readonly edit: (line: string) => string;
    readonly at: number;
  },
): Promise<RunRecord> {
  const stager = openStager(store.stager);
  const { record, artefacts } = original;
  const entry = artefacts.entry(change.kind)!;
  const reader = await artefacts.reader(entry);
  const collector = new ArtefactCollector(stager, 'full');
  let position = 0;
  for (const [n, chunk] of entry.chunks.entries()) {
    const records = await reader.chunk(n);
    const isHere = change.at >= position && change.at < position + records.count;
    const lines = Array.from({ length: isHere ? records.count : 0 }, (_, r) => records.text(r));
    if (isHere) lines[change.at - position] = change.edit(lines[change.at - position]!);
    const bytes = isHere ? Buffer.from(`${lines.join('\n')}\n`) : records.bytes;
    const { records: count, first_tick, last_tick } = chunk;
    collector.chunk(entry.kind as never, bytes, { records: count, first_tick, last_tick });
    position += records.count;
  }
  const altered = collector.finish().artefacts[0]!;
  const copy = {
    ...record,
    id: runId(change.id),
    name: change.id,
    artefacts: record.artefacts.map((artefact) => (artefact.kind === change.kind ? altered : artefact)),
  };
  await store.publish({ record: copy, blobs: collector.blobs, cacheable: false });
  return copy;
}
