import type { Digest } from '../base/digest.js';
import { sha256 } from '../base/digest.js';
import { isJsonKind } from '../run/records.js';
import type { ArtefactEntry, ChunkEntry, RunRecord } from '../store/records.js';
import type { GoldenArtefact, GoldenRecord } from './golden-record.js';
import type { GoldenTree } from './golden-tree.js';

/** A golden in the shape of a stored run, so that whatever reads runs can read it. */
export interface GoldenRun {
  readonly record: RunRecord;
  /** The bytes behind a chunk of that record; undefined when only a store may still have them. */
  readonly chunk: (digest: Digest) => Uint8Array | undefined;
  /** What it was made of; absent while it waits for a judgement. */
  readonly from?: { readonly directory: string; readonly golden: GoldenRecord };
}

/** What a golden has to say about bytes, wherever they are: in its directory, or waiting on the shelf. */
export type GoldenText = (artefact: GoldenArtefact) => string;

/** The golden of a directory as a run. */
export function goldenRun(tree: GoldenTree, directory: string, golden: GoldenRecord): GoldenRun {
  const run = asRun(golden, (artefact) => tree.artefact(directory, artefact));
  return { ...run, from: { directory, golden } };
}

/** A golden as a run. Bytes are read when they are asked for. */
export function asRun(golden: GoldenRecord, textOf: GoldenText): GoldenRun {
  const kept = new Map<Digest, GoldenArtefact>();
  for (const artefact of golden.artefacts) if (artefact.file !== null) kept.set(artefact.digest, artefact);
  return {
    record: runRecord(golden),
    chunk(digest) {
      const artefact = kept.get(digest);
      return artefact === undefined ? undefined : Buffer.from(textOf(artefact));
    },
  };
}

function runRecord(golden: GoldenRecord): RunRecord {
  const { name, scenario, state, failure, ticks_completed, input_key, inputs, result_digest } = golden;
  return {
    schema: 'aether-run/1',
    id: `golden-${sha256(name).slice(0, 12)}`,
    name,
    scenario,
    cell: {},
    run_id: '',
    gid: '',
    input_key,
    inputs,
    state,
    failure: failure && { ...failure, message: '' },
    started_at: '',
    ended_at: '',
    ticks_total: ticks_completed,
    ticks_completed,
    retain: 'full',
    engine: { version: golden.engine_version, commit: null, node: '', platform: '' },
    artefacts: golden.artefacts.map(entryOf),
    result_digest,
    metrics: golden.metrics,
    loom: { tip: null, i_blocks: 0 },
    golden: null,
  };
}

/** A kept artefact is one chunk; one without a file has the chunks it had in its store. */
function entryOf({ kind, digest, records, size, file, chunks }: GoldenArtefact): ArtefactEntry {
  const whole: ChunkEntry = { digest, records, size, first_tick: 0, last_tick: Number.MAX_SAFE_INTEGER };
  return {
    kind,
    media_type: isJsonKind(kind) ? 'application/json' : 'application/x-ndjson',
    digest,
    size,
    records,
    chunks: file === null ? chunks : size === 0 ? [] : [whole],
    // Without chunks either, the artefact was larger than goldens keep and its run was kept compact.
    stored: file !== null || chunks.length > 0 || size === 0,
  };
}
