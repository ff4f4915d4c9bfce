import type { Json } from '../base/canonical-json.js';
import { hashRecord, type Digest } from '../base/digest.js';
import {
  fieldsOf,
  isCount,
  isDigest,
  isObject,
  isText,
  listOf,
  mapOf,
  oneOf,
  orNull,
  shaped,
  textThat,
  type Shape,
} from '../base/shape.js';
import { NON_RESULT_KINDS, type ArtefactKind } from '../run/records.js';
import { CHUNK } from '../store/record-shape.js';
import { isStoreName } from '../store/layout.js';
import { RUN_STATES, type ChunkEntry, type RunState } from '../store/records.js';

/** One artefact of a golden. */
export interface GoldenArtefact {
  readonly kind: string;
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

/** A golden.json that was read, or why it is none. */
export type ParsedGolden = { readonly record: GoldenRecord } | { readonly problem: string };

/** Reads golden.json: every field has its type, and the result digest follows from the artefacts. */
export function parseGolden(text: string): ParsedGolden {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      problem: /^(<{7}|={7}|>{7}) /m.test(text) ? 'contains merge conflict markers' : 'is not JSON',
    };
  }
  const problem = goldenProblem(value);
  return problem === undefined ? { record: value as GoldenRecord } : { problem };
}

/** Why a value is no golden; undefined when it is one. */
export function goldenProblem(value: unknown): string | undefined {
  if (!isObject(value) || value['schema'] !== 'aether-golden/1')
    return 'is not a golden (schema aether-golden/1)';
  const wrong = GOLDEN_FIELDS(value);
  if (wrong !== undefined) return `has a wrong value in "${wrong}"`;
  const { artefacts, result_digest } = value as unknown as GoldenRecord;
  return resultDigest(artefacts) === result_digest
    ? undefined
    : 'is inconsistent: "result_digest" is not the digest of "artefacts"';
}

/** Result digest as it follows from an artefact list (batch contract, section 4). */
export function resultDigest(
  artefacts: readonly { readonly kind: string; readonly digest: Digest }[],
): Digest {
  const results = artefacts.filter(({ kind }) => !NON_RESULT_KINDS.includes(kind as ArtefactKind));
  return hashRecord(Object.fromEntries(results.map(({ kind, digest }) => [kind, digest])));
}

/** Keeps a hand-written file name from leading out of the golden's directory. */
export function isArtefactFile(name: string): boolean {
  return /^[a-z_]+\.jsonl?$/.test(name) && name !== 'golden.json';
}

const isName = textThat(isStoreName);

const ARTEFACT: Shape<GoldenArtefact> = {
  kind: isText,
  digest: isDigest,
  records: isCount,
  size: isCount,
  file: orNull(textThat(isArtefactFile)),
  chunks: listOf(shaped(CHUNK)),
};

const ACCEPTANCE: Shape<Acceptance> = {
  by: orNull(isText),
  at: isText,
  why: isText,
};

export const isAcceptance = shaped(ACCEPTANCE);

const FAILURE: Shape<NonNullable<GoldenRecord['failure']>> = {
  code: isText,
  tick: orNull(isCount),
  place: orNull(isText),
};

const GOLDEN: Shape<GoldenRecord> = {
  schema: oneOf(['aether-golden/1']),
  name: isName,
  scenario: isText,
  manifest: orNull(isText),
  state: oneOf(RUN_STATES),
  failure: orNull(shaped(FAILURE)),
  ticks_completed: isCount,
  engine_version: isText,
  input_key: isDigest,
  inputs: mapOf(orNull(isDigest)),
  result_digest: isDigest,
  artefacts: listOf(shaped(ARTEFACT)),
  metrics: orNull(isObject),
  accepted: orNull(isAcceptance),
};

const GOLDEN_FIELDS = fieldsOf(GOLDEN);
