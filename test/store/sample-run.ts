import { hashRecord, RunningDigest, sha256, type Digest } from '../../lib/base/digest.js';
import type { ArtefactEntry, BlobStager, RunRecord, StagedBlob } from '../../lib/store/index.js';
import { configRunId, runId } from '../ids.js';

/** The differences of a sample run. */
export interface SampleOptions {
  readonly id: string;
  readonly name?: string;
  readonly key?: string;
  /** Version of the engine; results of other versions are not compared with this one. */
  readonly engine?: string;
  /** Kind to chunks; each chunk is one blob. */
  readonly artefacts?: Readonly<Record<string, readonly string[]>>;
  readonly ended_at?: string;
  readonly stored?: boolean;
  readonly state?: RunRecord['state'];
  /** The field of the record; absent by default, as in older versions. */
  readonly answers?: boolean;
}

export interface SampleRun {
  readonly record: RunRecord;
  readonly blobs: readonly StagedBlob[];
  readonly cacheable: boolean;
}

/** A key for tests: the digest of a word. */
export function keyOf(word: string): Digest {
  return sha256(`key ${word}`);
}

function entry(kind: string, chunks: readonly string[], stored: boolean): ArtefactEntry {
  const whole = new RunningDigest();
  for (const chunk of chunks) whole.update(Buffer.from(chunk));
  const parts = chunks.map((chunk, index) => ({
    digest: sha256(chunk),
    size: Buffer.byteLength(chunk),
    records: 1,
    first_tick: index + 1,
    last_tick: index + 1,
  }));
  return {
    kind,
    media_type: kind === 'inputs' ? 'application/json' : 'application/x-ndjson',
    digest: whole.finish(),
    size: parts.reduce((sum, part) => sum + part.size, 0),
    records: chunks.length,
    chunks: stored ? parts : [],
    stored,
  };
}

/** Stages a consistent run; its default artefacts contain the id, so that different runs share only `inputs`. */
export function sampleRun(stager: BlobStager, options: SampleOptions): SampleRun {
  const { id, name = 'gf01', key = id, state = 'completed' } = options;
  const contents = options.artefacts ?? {
    inputs: ['{"shared":true}'],
    umx_ledger: [`{"run":"${id}","tick":1}\n`, `{"run":"${id}","tick":2}\n`],
    u_ledger: [`{"run":"${id}"}\n`],
  };
  const artefacts = Object.entries(contents).map(([kind, chunks]) =>
    entry(kind, chunks, options.stored !== false || kind === 'inputs'),
  );
  const results = artefacts.filter(({ kind }) => kind !== 'inputs' && kind !== 'log');
  const stored = artefacts.filter((artefact) => artefact.stored).map(({ kind }) => contents[kind] ?? []);
  const record: RunRecord = {
    schema: 'aether-run/1',
    id: runId(id),
    name,
    scenario: name,
    cell: {},
    run_id: configRunId(name.toUpperCase()),
    gid: 'GF01',
    input_key: keyOf(key),
    inputs: { topology: sha256('topology'), pfna: null },
    state,
    failure: null,
    started_at: options.ended_at ?? '2025-01-01T00:00:00.000Z',
    ended_at: options.ended_at ?? '2025-01-01T00:00:00.000Z',
    ticks_total: 2,
    ticks_completed: 2,
    retain: options.stored === false ? 'compact' : 'full',
    engine: { version: options.engine ?? '1.0.0', commit: null, node: 'v20', platform: 'linux' },
    artefacts,
    result_digest: hashRecord(Object.fromEntries(results.map(({ kind, digest }) => [kind, digest]))),
    metrics: null,
    loom: { tip: null, i_blocks: 0 },
    golden: null,
    ...(options.answers !== undefined && { answers: options.answers }),
  };
  const blobs = stored.flat().map((chunk) => stager.put(Buffer.from(chunk)));
  return { record, blobs, cacheable: options.answers ?? state === 'completed' };
}
