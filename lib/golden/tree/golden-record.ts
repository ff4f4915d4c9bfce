import { resultDigest } from '../../base/result-digest.js';
import { isObject, wrongFieldOf } from '../../base/schema-check.js';
import {
  checkedBy,
  count,
  digest,
  id,
  list,
  mapOf,
  oneOf,
  orNull,
  record,
  text,
  type Infer,
} from '../../base/schema.js';
import { CHUNK, storedMetrics } from '../../store/record-schemas.js';
import { RUN_STATES } from '../../store/record-types.js';

const ARTEFACT = record('One artefact of a golden.', {
  kind: text('Kind of its records.'),
  digest: digest('SHA-256 of the whole.'),
  records: count('Records in it.'),
  size: count('Bytes.'),
  file: orNull(
    checkedBy(
      (value) => typeof value === 'string' && isArtefactFile(value),
      text('The file beside golden.json with its content; null if it is larger than the limit for goldens.'),
    ),
  ),
  chunks: list(
    CHUNK,
    'For an artefact without a file: its chunks, so that a difference can still be narrowed down.',
  ),
});
export type GoldenArtefact = Infer<typeof ARTEFACT>;

export const ACCEPTANCE = record('Author, time and reason of an acceptance.', {
  by: orNull(text('Null if the author is unknown.')),
  at: text('ISO 8601, UTC.'),
  why: text('The reason.'),
});
export type Acceptance = Infer<typeof ACCEPTANCE>;

const GOLDEN = record('Content of golden.json: the result that a run must have.', {
  schema: oneOf(['aether-golden/1'], 'Marks the kind and version of the record.'),
  name: id('Run name.'),
  scenario: text('Id of the scenario.'),
  manifest: orNull(
    text(
      'The manifest that requests it, relative to the directory of the goldens, with `/`; null if unknown.',
    ),
  ),
  state: oneOf(RUN_STATES, 'How the run must end.'),
  failure: orNull(
    record('The expected fault of a scenario that must fault.', {
      code: text('Stable code.'),
      tick: orNull(count('Tick of the fault; null outside the tick loop.')),
      place: orNull(text('The node, edge or field; null if none.')),
    }),
  ),
  ticks_completed: count('Completed ticks.'),
  engine_version: text('Version of the engine that computed it.'),
  input_key: digest('Digest of exactly the inputs that can change a result.'),
  inputs: mapOf(orNull(digest('Digest of a document.')), 'Digest of each resolved document.'),
  result_digest: digest('Digest of all results.'),
  artefacts: list(ARTEFACT, 'Its artefacts.'),
  metrics: storedMetrics('Metrics of the run; null if they are disabled.'),
  accepted: orNull({ ...ACCEPTANCE, description: 'Null for a pending result.' }),
});
export type GoldenRecord = Infer<typeof GOLDEN>;

const wrongGoldenField = wrongFieldOf(GOLDEN);

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
  const wrong = wrongGoldenField(value);
  if (wrong !== undefined) return `has a wrong value in "${wrong}"`;
  const { artefacts, result_digest } = value as unknown as GoldenRecord;
  return resultDigest(artefacts) === result_digest
    ? undefined
    : 'is inconsistent: "result_digest" is not the digest of "artefacts"';
}

/** Keeps a hand-written file name from leading out of the directory of the golden. */
export function isArtefactFile(name: string): boolean {
  return /^[a-z_]+\.jsonl?$/.test(name) && name !== 'golden.json';
}
