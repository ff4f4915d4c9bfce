import type { Json } from '../base/canonical-json.js';
import { OBSERVABLES } from '../base/observables.js';
import { wrongFieldOf } from '../base/schema-check.js';
import {
  checkedBy,
  configRunId,
  count,
  digest,
  extended,
  flag,
  integer,
  id,
  json,
  list,
  mapOf,
  node,
  number,
  oneOf,
  orNull,
  record,
  runId,
  text,
  type Schema,
} from '../base/schema.js';
import { BATCH_VERDICT } from './batch-verdict.js';
import { RUN_STATES } from './run-states.js';

/** An instant that `Date.parse` reads; records of older versions wrote more than one form. */
export function storedTime(description: string): Schema<string> {
  return checkedBy(
    (value) => typeof value === 'string' && Number.isFinite(Date.parse(value)),
    text(description),
  );
}

/** An object of JSON values, or null. */
export function storedMetrics(description: string): Schema<Json> {
  return node({ type: ['object', 'null'], description });
}

export const CHUNK = record('A contiguous, record-aligned part of one artefact, stored as one blob.', {
  digest: digest('SHA-256 of its bytes.'),
  size: count('Bytes.'),
  records: count('Records in it.'),
  first_tick: count('Smallest tick of a record in the chunk; 0 if records have no tick.'),
  last_tick: count('Largest tick.'),
});

/** `digest`, `size` and `records` are those of the whole artefact, independent of the chunks. */
export const ARTEFACT = record('One artefact of a run.', {
  kind: id('Kind of its records.'),
  media_type: oneOf(['application/x-ndjson', 'application/json'], 'Type of its content.'),
  digest: digest('SHA-256 of the whole.'),
  size: count('Size of the whole in bytes.'),
  records: count('Records in it.'),
  chunks: list(
    CHUNK,
    'In order; their concatenation is the artefact. Empty for an artefact that is empty or not stored.',
  ),
  stored: flag('False: only the digest is stored and the bytes are derived on demand (retain: compact).'),
});

export const FAILURE = record('Why a run did not complete.', {
  code: text('Stable code, listed in docs/errors.md.'),
  message: text('The failure in words.'),
  tick: orNull(count('Tick of the failure; null outside the tick loop.')),
  place: orNull(text('The node, edge or field, such as `edge 3` or `node 1`; null if none.')),
});

export const ENGINE = record('The program that computed a run.', {
  version: text("Semantic version of the engine's behaviour; part of the input key."),
  commit: orNull(text('Commit of the engine, or null if unknown.')),
  node: text('Version of node.'),
  platform: text('Operating system and processor.'),
});

/** Schema of run records. */
export const RUN_RECORD = record(
  'One execution, written once when all its blobs are durable.',
  {
    schema: oneOf(['aether-run/1'], 'Marks the kind and version of the record.'),
    id: runId(
      'Unique per execution, [a-z0-9][a-z0-9-]*; starts with the start time by the wall clock, which is not an order.',
    ),
    name: id('Scenario id and varying values: `ring-5[ticks=64]`.'),
    scenario: text('Id of the scenario.'),
    cell: mapOf(json('A value.'), 'The varying values of a sweep; {} for a plain scenario.'),
    run_id: configRunId('run_id of the RunConfig.'),
    gid: text('Graph of the run.'),
    input_key: digest('Digest of exactly the inputs that can change a result.'),
    inputs: mapOf(
      orNull(digest('Digest of a document.')),
      'Digest of each resolved document that can change the result.',
    ),
    state: oneOf(RUN_STATES, 'How the run ended.'),
    failure: orNull(FAILURE),
    started_at: storedTime('ISO 8601, UTC.'),
    ended_at: storedTime('`started_at` plus the duration by a monotonic clock.'),
    ticks_total: count('Requested ticks.'),
    ticks_completed: count('Completed ticks.'),
    retain: oneOf(['full', 'compact'], 'Whether all records are stored, or checkpoints.'),
    engine: ENGINE,
    artefacts: list(ARTEFACT, 'Its artefacts.'),
    result_digest: digest('H of the kind -> digest map of every result artefact (all but inputs and log).'),
    metrics: storedMetrics('Metrics of the run; null if they are disabled.'),
    loom: record('The end of the hash chain.', {
      tip: orNull(digest('Hash of its last block; null before the first.')),
      i_blocks: count('I-blocks of the run.'),
    }),
    golden: json('Reserved; null.'),
  },
  {
    observables: extended(OBSERVABLES, {
      description: 'Absent in records of older versions, and for runs that completed no tick or faulted.',
    }),
    answers: flag(
      'True if the run may answer for its input key, as its ref states: after a crash between record and ref, this field replaces the ref. Absent in records of older versions.',
    ),
    expected: flag(
      'True if it ended as its scenario expects, including an expected fault; absent in records of older versions.',
    ),
    arrival: count(
      'Place in the order in which records arrived in this store: only comparisons are meaningful. The store sets it on publishing; absent in records of older versions, and in imported runs that are older than the existing ones.',
    ),
  },
);

/**
 * The first field that violates its type; undefined if there is none. A seal detects damage, not intent:
 * anyone who can write a record can seal it, and every reader relies on the types afterwards.
 */
export const wrongField = wrongFieldOf(RUN_RECORD);

const OUTCOME = record(
  'A run of a batch.',
  {
    name: id('Run name.'),
    input_key: digest('Digest of exactly the inputs that can change a result.'),
    state: oneOf([...RUN_STATES, 'cached', 'not_started'], 'How it ended.'),
    run: orNull(runId('The run with its result.')),
    result_digest: orNull(digest('Its result.')),
    duration_ms: number('Wall milliseconds of all executions; 0 when cached.'),
  },
  {
    measured_ms: orNull(
      number(
        'Duration of one execution of these inputs, by this batch or earlier; null if unknown, absent in records of older versions.',
      ),
    ),
    ok: flag(
      'True if it ended as expected, including an expected fault; absent in records of older versions.',
    ),
    ticks_completed: integer('Computed ticks; absent in records of older versions.'),
    ticks_total: integer('Requested ticks; absent in records of older versions.'),
    failure: orNull(
      text('The failure, in one line; null if ok or not executed, absent in records of older versions.'),
    ),
    golden: orNull(
      text(
        'Its golden: `agrees`, `accepted` by this batch, or the code of its issue; null if no golden is requested. Absent if the batch judged no goldens, and in records of older versions.',
      ),
    ),
  },
);

/** Schema of batch records. */
export const BATCH_RECORD = record(
  'One call of the batch runner: its plan and its outcomes.',
  {
    schema: oneOf(['aether-batch/1'], 'Marks the kind and version of the record.'),
    id: id('Unique per batch.'),
    started_at: storedTime('ISO 8601, UTC.'),
    ended_at: storedTime('ISO 8601, UTC.'),
    manifests: list(text('A manifest.'), 'Its manifests.'),
    plan_digest: digest('Digest of its plan.'),
    report_digest: digest('Digest of its report.'),
    outcomes: list(OUTCOME, 'In the order of the plan.'),
  },
  {
    metrics: json('Metrics of the batch; absent in records of older versions.'),
    shard: orNull(text('`i/n` if this was a part of the plan; absent in records of older versions.')),
    arrival: count('As in a run record; the store sets it.'),
    verdict: extended(BATCH_VERDICT, {
      description: 'The verdict of the batch, goldens included; absent in records of older versions.',
    }),
  },
);
