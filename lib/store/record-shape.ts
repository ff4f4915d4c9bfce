import {
  fieldsOf,
  isBoolean,
  isCount,
  isDigest,
  isObject,
  isText,
  listOf,
  mapOf,
  oneOf,
  orAbsent,
  orNull,
  shaped,
  textBy,
  textThat,
  type Shape,
} from '../base/shape.js';
import { isInt } from '../base/integers.js';
import { isStoreName } from './layout.js';
import {
  RUN_STATES,
  type ArtefactEntry,
  type ChunkEntry,
  type EngineStamp,
  type RunRecord,
} from './records.js';
import type { ExactCount, RunObservables } from '../base/observables.js';
import type { Json } from '../base/canonical-json.js';
import { parseConfigRunId, parseRunId } from '../base/run-id.js';

/**
 * The first field that violates its type; undefined if there is none. A seal detects damage, not intent:
 * anyone who can write a record can seal it, and every reader relies on the types afterwards.
 */
export function wrongField(run: unknown): string | undefined {
  return RUN_FIELDS(run);
}

const isName = textThat(isStoreName);
const isTime = textThat((text) => Number.isFinite(Date.parse(text)));
const isThere = (value: unknown): value is Json => value !== undefined;

export const CHUNK: Shape<ChunkEntry> = {
  digest: isDigest,
  size: isCount,
  records: isCount,
  first_tick: isCount,
  last_tick: isCount,
};

const ARTEFACT: Shape<ArtefactEntry> = {
  kind: isName,
  media_type: oneOf(['application/x-ndjson', 'application/json']),
  digest: isDigest,
  size: isCount,
  records: isCount,
  chunks: listOf(shaped(CHUNK)),
  stored: isBoolean,
};

const FAILURE: Shape<NonNullable<RunRecord['failure']>> = {
  code: isText,
  message: isText,
  tick: orNull(isCount),
  place: orNull(isText),
};

const ENGINE: Shape<EngineStamp> = {
  version: isText,
  commit: orNull(isText),
  node: isText,
  platform: isText,
};

const LOOM: Shape<RunRecord['loom']> = { tip: orNull(isDigest), i_blocks: isCount };

const isExactCount = (value: unknown): value is ExactCount =>
  isCount(value) || (typeof value === 'string' && /^[0-9]+$/.test(value));

const OBSERVABLES: Shape<RunObservables> = {
  sum_u: isInt,
  min_u: isInt,
  max_u: isInt,
  nonzero_nodes: isCount,
  total_abs_flux: isExactCount,
  settled_at: orNull(isCount),
  C_T: isCount,
  press_bits: orNull(isExactCount),
  press: orNull(mapOf(mapOf(isCount))),
  codex_motifs: orNull(isCount),
  proposals_accepted: orNull(isCount),
};

const RUN: Shape<RunRecord> = {
  schema: oneOf(['aether-run/1']),
  id: textBy(parseRunId),
  name: isName,
  scenario: isText,
  cell: isObject,
  run_id: textBy(parseConfigRunId),
  gid: isText,
  input_key: isDigest,
  inputs: mapOf(orNull(isDigest)),
  state: oneOf(RUN_STATES),
  failure: orNull(shaped(FAILURE)),
  started_at: isTime,
  ended_at: isTime,
  ticks_total: isCount,
  ticks_completed: isCount,
  retain: oneOf(['full', 'compact']),
  engine: shaped(ENGINE),
  artefacts: listOf(shaped(ARTEFACT)),
  result_digest: isDigest,
  metrics: orNull(isObject),
  observables: orAbsent(shaped(OBSERVABLES)),
  loom: shaped(LOOM),
  golden: isThere,
  answers: orAbsent(isBoolean),
  expected: orAbsent(isBoolean),
  arrival: orAbsent(isCount),
};

const RUN_FIELDS = fieldsOf(RUN);
