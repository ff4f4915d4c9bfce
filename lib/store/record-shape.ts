import { parseDigest } from '../base/digest.js';
import { isInt } from '../base/integers.js';
import { isStoreName } from './layout.js';
import {
  RUN_STATES,
  type ArtefactEntry,
  type ChunkEntry,
  type EngineStamp,
  type RunRecord,
} from './records.js';

type Check = (value: unknown) => boolean;
/** One check for each field of a record, the optional ones too. */
type Shape<T> = { readonly [Field in keyof Required<T>]: Check };

/**
 * The first field that is not what its type promises; undefined when all are. A seal tells damage, not intent: whoever
 * can write a record can seal it, and every reader relies on the types from then on.
 */
export function wrongField(run: unknown): string | undefined {
  return RUN_FIELDS(run);
}

/** Every record of a store goes through it, so that the fields are listed once and not for each object. */
function fieldsOf<T>(shape: Shape<T>): (value: unknown) => string | undefined {
  const checks = Object.entries<Check>(shape);
  return (value) => {
    if (!isObject(value)) return checks[0]![0];
    for (const [field, check] of checks) if (!check(value[field])) return field;
    return undefined;
  };
}

function shaped<T>(shape: Shape<T>): Check {
  const wrongIn = fieldsOf(shape);
  return (value) => wrongIn(value) === undefined;
}

const isText: Check = (value) => typeof value === 'string';
const isName: Check = (value) => typeof value === 'string' && isStoreName(value);
let lastDigest: unknown;
/** A small artefact is one chunk with the digest of the whole: what was just seen is not looked at again. */
const isDigest: Check = (value) => {
  if (typeof value !== 'string' || (value !== lastDigest && parseDigest(value) === undefined)) return false;
  lastDigest = value;
  return true;
};
const isCount: Check = (value) => isInt(value) && value >= 0;
const isTime: Check = (value) => typeof value === 'string' && Number.isFinite(Date.parse(value));
const isBoolean: Check = (value) => typeof value === 'boolean';
const isThere: Check = (value) => value !== undefined;

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const mapOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CHUNK: Shape<ChunkEntry> = {
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

const RUN: Shape<RunRecord> = {
  schema: oneOf(['aether-run/1']),
  id: isName,
  name: isName,
  scenario: isText,
  cell: isObject,
  run_id: isText,
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
  loom: shaped(LOOM),
  golden: isThere,
  answers: optional(isBoolean),
  arrival: optional(isCount),
};

const RUN_FIELDS = fieldsOf(RUN);
