import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { sha256 } from '../../base/digest.js';
import { AetherError } from '../../base/errors.js';
import { isJsonKind, type ArtefactKind } from '../../session/records.js';
import type { RunRecord } from '../../store/record-types.js';
import type { Acceptance, GoldenArtefact, GoldenRecord } from '../tree/golden-record.js';
import { prettyJson } from '../tree/pretty-json.js';

/** A run whose bytes are available, stored or derived. */
export interface CapturedRun {
  readonly record: RunRecord;
  /** The exact bytes of an artefact in the record. */
  readonly bytes: (kind: ArtefactKind) => AsyncIterable<Uint8Array>;
}

/** Fields of a golden that do not come from the run. */
export interface CaptureAbout {
  /** The name of the golden; a cached cell may have another name. */
  readonly name: string;
  readonly scenario: string;
  readonly manifest: string | null;
  readonly accepted: Acceptance | null;
}

/** A golden with its artefact files, by file name. */
export interface CapturedGolden {
  readonly record: GoldenRecord;
  readonly files: Readonly<Record<string, string>>;
}

/** Larger artefacts are kept only as digests: they are too long for a review line by line. */
const FILE_LIMIT = 256 << 10;

/** Kinds that are not part of a golden. */
const LEFT_OUT: readonly string[] = ['state_checkpoints', 'log'];

/** Creates a golden from a run. @throws AetherError the errors of reading the run */
export async function captureGolden(run: CapturedRun, about: CaptureAbout): Promise<CapturedGolden> {
  const { record } = run;
  const files: Record<string, string> = {};
  const artefacts: GoldenArtefact[] = [];
  for (const entry of record.artefacts) {
    if (LEFT_OUT.includes(entry.kind)) continue;
    const kind = entry.kind as ArtefactKind;
    const { digest, records, size } = entry;
    const file = size > FILE_LIMIT ? null : fileName(kind);
    if (file !== null) files[file] = fileText(kind, await textOf(run.bytes(kind)));
    artefacts.push({ kind, digest, records, size, file, chunks: file === null ? entry.chunks : [] });
  }
  const { name, scenario, manifest, accepted } = about;
  const { failure } = record;
  return {
    record: {
      schema: 'aether-golden/1',
      name,
      scenario,
      manifest,
      state: record.state,
      failure: failure && { code: failure.code, tick: failure.tick, place: failure.place },
      ticks_completed: record.ticks_completed,
      engine_version: record.engine.version,
      input_key: record.input_key,
      inputs: record.inputs,
      result_digest: record.result_digest,
      artefacts,
      metrics: record.metrics,
      accepted,
    },
    files,
  };
}

function fileName(kind: string): string {
  return isJsonKind(kind) ? `${kind}.json` : `${kind}.jsonl`;
}

/**
 * JSONL unchanged; a single document formatted for reading, from which canonical JSON restores the exact
 * bytes.
 */
function fileText(kind: string, text: string): string {
  return isJsonKind(kind) && text !== '' ? prettyJson(JSON.parse(text) as Json) : text;
}

/**
 * The exact bytes of an artefact from its file in a golden.
 *
 * @throws AetherError GOLDEN_DAMAGED when they do not have the digest in golden.json
 */
export function artefactText(artefact: GoldenArtefact, text: string | undefined): string {
  const exact = text === undefined ? undefined : exactText(artefact.kind, text);
  if (exact !== undefined && sha256(exact) === artefact.digest) return exact;
  throw new AetherError('GOLDEN_DAMAGED', `${artefact.file ?? artefact.kind} ${damageOf(artefact, text)}`);
}

function damageOf({ kind, digest }: GoldenArtefact, text: string | undefined): string {
  if (text === undefined) return 'is missing';
  const restored = text.includes('\r\n') ? exactText(kind, text.replaceAll('\r\n', '\n')) : undefined;
  if (restored === undefined || sha256(restored) !== digest) {
    return 'does not have the digest in golden.json';
  }
  return (
    'has CRLF line endings and is otherwise intact: git converted it at checkout (core.autocrlf). ' +
    'Keep "* -text" in .gitattributes of the goldens, run "git config core.autocrlf false", then delete the ' +
    'directory and check it out again with "git checkout -- <directory>"'
  );
}

function exactText(kind: string, text: string): string | undefined {
  if (!isJsonKind(kind) || text === '') return text;
  try {
    return `${canonicalJson(JSON.parse(text) as Json)}\n`;
  } catch {
    return undefined;
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const list: Uint8Array[] = [];
  for await (const chunk of chunks) list.push(chunk);
  return Buffer.concat(list).toString('utf8');
}
