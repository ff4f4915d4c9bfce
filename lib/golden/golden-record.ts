import type { Json } from '../base/canonical-json.js';
import { hashRecord, parseDigest, type Digest } from '../base/digest.js';
import { NON_RESULT_KINDS, type ArtefactKind } from '../run/records.js';
import type { ChunkEntry, RunState } from '../store/records.js';

/** One artefact of a golden. */
export interface GoldenArtefact {
  readonly kind: ArtefactKind;
  readonly digest: Digest;
  readonly records: number;
  /** Bytes. */
  readonly size: number;
  /** The file beside golden.json that holds it; null when it is larger than goldens keep. */
  readonly file: string | null;
  /** For an artefact without a file: its chunks, so that a difference can still be narrowed down. */
  readonly chunks: readonly ChunkEntry[];
}

/** Who accepted a golden, when and why. */
export interface Acceptance {
  /** Null when nobody said who they were. */
  readonly by: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly why: string;
}

/** What golden.json holds: the result a run must have. */
export interface GoldenRecord {
  readonly schema: 'aether-golden/1';
  /** Run name. */
  readonly name: string;
  readonly scenario: string;
  /** The manifest that asks for it, relative to the directory of the goldens, with `/`; null if unknown. */
  readonly manifest: string | null;
  readonly state: RunState;
  /** How a scenario that must fault does so. */
  readonly failure: {
    readonly code: string;
    readonly tick: number | null;
    readonly place: string | null;
  } | null;
  readonly ticks_completed: number;
  readonly engine_version: string;
  readonly input_key: Digest;
  readonly inputs: Readonly<Record<string, Digest | null>>;
  readonly result_digest: Digest;
  readonly artefacts: readonly GoldenArtefact[];
  readonly metrics: Json;
  /** Null for a result that still waits for its judgement. */
  readonly accepted: Acceptance | null;
}

/** Reads golden.json; undefined unless it is one and its result digest follows from its artefacts. */
export function parseGolden(text: string): GoldenRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isGolden(value)) return undefined;
  return resultDigest(value.artefacts) === value.result_digest ? value : undefined;
}

/** Result digest as it follows from an artefact list (batch contract, section 4). */
export function resultDigest(
  artefacts: readonly { readonly kind: string; readonly digest: Digest }[],
): Digest {
  const results = artefacts.filter(({ kind }) => !NON_RESULT_KINDS.includes(kind as ArtefactKind));
  return hashRecord(Object.fromEntries(results.map(({ kind, digest }) => [kind, digest])));
}

function isGolden(value: unknown): value is GoldenRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, name, input_key, artefacts } = value as Partial<Record<keyof GoldenRecord, unknown>>;
  return (
    schema === 'aether-golden/1' &&
    typeof name === 'string' &&
    parseDigest(String(input_key)) !== undefined &&
    Array.isArray(artefacts) &&
    artefacts.every(isArtefact)
  );
}

/** Also keeps a hand-written file name from leading out of the golden's directory. */
function isArtefact(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, digest, file, chunks } = value as Partial<Record<keyof GoldenArtefact, unknown>>;
  const isFile = file === null || (typeof file === 'string' && /^[a-z_]+\.jsonl?$/.test(file));
  return (
    typeof kind === 'string' && parseDigest(String(digest)) !== undefined && isFile && Array.isArray(chunks)
  );
}
