import type { Digest } from '../../base/digest.js';
import { sha256 } from '../../base/digest.js';
import { parseConfigRunId, parseRunId } from '../../base/run-id.js';
import { isJsonKind } from '../../session/records.js';
import type { ArtefactEntry, ChunkEntry, RunRecord } from '../../store/record-types.js';
import type { GoldenArtefact, GoldenRecord } from '../tree/golden-record.js';
import type { GoldenTree } from '../tree/golden-tree.js';

/** A golden in the form of a stored run, for the code that reads runs. */
export interface GoldenRun {
  readonly record: RunRecord;
  /** The bytes of a chunk of the record; undefined if only a store may still have them. */
  readonly chunk: (digest: Digest) => Uint8Array | undefined;
  /** Its source; absent for a pending result. */
  readonly from?: { readonly directory: string; readonly golden: GoldenRecord };
}

/** Reads the text of an artefact of a golden, from its directory or from a pending result. */
export type GoldenText = (artefact: GoldenArtefact) => string;

/** The golden of a directory as a run. */
export function goldenRun(tree: GoldenTree, directory: string, golden: GoldenRecord): GoldenRun {
  const run = asRun(golden, (artefact) => tree.artefact(directory, artefact));
  return { ...run, from: { directory, golden } };
}

/** A golden as a run. Bytes are read on demand. */
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

/** A golden does not record it. */
const UNKNOWN = parseConfigRunId('unknown')!;

function runRecord(golden: GoldenRecord): RunRecord {
  const { name, scenario, state, failure, ticks_completed, input_key, inputs, result_digest } = golden;
  return {
    schema: 'aether-run/1',
    id: parseRunId(`golden-${sha256(name).slice(0, 12)}`)!,
    name,
    scenario,
    cell: {},
    run_id: UNKNOWN,
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

/** An artefact with a file is one chunk; one without a file has the chunks of its store. */
function entryOf({ kind, digest, records, size, file, chunks }: GoldenArtefact): ArtefactEntry {
  const whole: ChunkEntry = { digest, records, size, first_tick: 0, last_tick: Number.MAX_SAFE_INTEGER };
  return {
    kind,
    media_type: isJsonKind(kind) ? 'application/json' : 'application/x-ndjson',
    digest,
    size,
    records,
    chunks: file === null ? chunks : size === 0 ? [] : [whole],
    // Without chunks as well, the artefact exceeded the limit for goldens and its run was compact.
    stored: file !== null || chunks.length > 0 || size === 0,
  };
}
