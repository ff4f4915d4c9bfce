import type { Json } from '../../base/canonical-json.js';
import { hashRecord, type Digest } from '../../base/digest.js';
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
} from '../../base/shape.js';
import { NON_RESULT_KINDS, type ArtefactKind } from '../../session/records.js';
import { CHUNK } from '../../store/record-shape.js';
import { isStoreName } from '../../store/layout.js';
import { RUN_STATES, type ChunkEntry, type RunState } from '../../store/records.js';

/** One artefact of a golden. */
export interface GoldenArtefact {
  readonly kind: string;
  readonly digest: Digest;
  readonly records: number;
  /** Bytes. */
  readonly size: number;
  /** The file beside golden.json with its content; null if it is larger than the limit for goldens. */
  readonly file: string | null;
  /** For an artefact without a file: its chunks, so that a difference can still be narrowed down. */
  readonly chunks: readonly ChunkEntry[];
}

/** Author, time and reason of an acceptance. */
export interface Acceptance {
  /** Null if the author is unknown. */
  readonly by: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly why: string;
}

/** Content of golden.json: the result that a run must have. */
export interface GoldenRecord {
  readonly schema: 'aether-golden/1';
  /** Run name. */
  readonly name: string;
  readonly scenario: string;
  /** The manifest that requests it, relative to the directory of the goldens, with `/`; null if unknown. */
  readonly manifest: string | null;
  readonly state: RunState;
  /** The expected fault of a scenario that must fault. */
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
  /** Null for a pending result. */
  readonly accepted: Acceptance | null;
}

/** A parsed golden.json, or why it is invalid. */
export type ParsedGolden = { readonly record: GoldenRecord } | { readonly problem: string };

/** Parses golden.json: checks the type of every field, and the result digest against the artefacts. */
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

/** Why a value is not a golden; undefined if it is one. */
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

/** Result digest of an artefact list (batch contract, section 4). */
export function resultDigest(
  artefacts: readonly { readonly kind: string; readonly digest: Digest }[],
): Digest {
  const results = artefacts.filter(({ kind }) => !NON_RESULT_KINDS.includes(kind as ArtefactKind));
  return hashRecord(Object.fromEntries(results.map(({ kind, digest }) => [kind, digest])));
}

/** Keeps a hand-written file name from leading out of the directory of the golden. */
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
