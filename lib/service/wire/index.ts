/**
 * The schemas of the API: one file per record, each declared once as a JSON Schema with its TypeScript type.
 * The OpenAPI document, the validation of requests, and the types of handlers and of the dashboard are
 * derived from these; nothing here imports other parts of the service.
 */
import { BATCH_COUNTS, BATCH_GOLDEN_ISSUE, BATCH_VERDICT } from './batch-verdict.js';
import { BATCH_DETAIL, BATCH_RUN, BATCH_SUMMARY } from './batch.js';
import { BATCH_DIFF, RUN_CHANGE, TREND, TREND_ENTRY } from './changes.js';
import { DIAGNOSTIC_CHECK, DIAGNOSTIC_PROFILE, DIAGNOSTIC_RUN } from './diagnostics.js';
import { DIFFERENCE, DIVERGENCE, INPUT_DIFFERENCE } from './difference.js';
import { GOLDEN_DIFF, GOLDEN_STATUS } from './golden.js';
import { AUDIT_ENTRY, GOVERNANCE_PATCH, GOVERNANCE_PREVIEW, GOVERNANCE_SNAPSHOT } from './governance.js';
import { HEALTH } from './health.js';
import { HISTORY_DETAIL, HISTORY_ENTRY } from './history.js';
import { LOG_ENTRY, LOG_PAGE } from './log.js';
import { PILLAR_STATUS } from './pillar.js';
import { FIELD_ERROR, PROBLEM } from './problem.js';
import { ADD_REMARK, REMARKS } from './remarks.js';
import {
  COMPARISON,
  ENTRY_VERDICT,
  RUN_STATE,
  SERIES,
  TICK_VIEW,
  AEON_WINDOW,
  TOPOLOGY,
  WINDOW_VIEW,
} from './run-data.js';
import { RECORDS, STORED_RUN } from './records.js';
import { OPERATOR_STATE, RUN_STATUS, START_RUN } from './run-status.js';
import { SCENARIO_DETAIL, SCENARIO_PATCH, SCENARIO_SOURCE, SCENARIO_SUMMARY } from './scenario.js';
import { type Schema } from '../../base/schema.js';
import { nameOf, type NamedSchema } from './named-schema.js';
import { TABLE_PAGE } from './table.js';
import { TRENDS } from './trends.js';

export type * from './batch-verdict.js';
export type * from './batch.js';
export type * from './changes.js';
export type * from './diagnostics.js';
export type * from './difference.js';
export type * from './golden.js';
export type * from './governance.js';
export type * from './health.js';
export type * from './history.js';
export type * from './log.js';
export type * from './pillar.js';
export type * from './problem.js';
export type * from './records.js';
export type * from './remarks.js';
export type * from './run-data.js';
export type * from './run-status.js';
export type * from './scenario.js';
export type * from './table.js';
export type * from './trends.js';

const NAMED: readonly NamedSchema[] = [
  ADD_REMARK,
  AUDIT_ENTRY,
  BATCH_COUNTS,
  BATCH_DETAIL,
  BATCH_DIFF,
  BATCH_GOLDEN_ISSUE,
  BATCH_RUN,
  BATCH_SUMMARY,
  BATCH_VERDICT,
  COMPARISON,
  DIAGNOSTIC_CHECK,
  DIAGNOSTIC_PROFILE,
  DIAGNOSTIC_RUN,
  DIFFERENCE,
  DIVERGENCE,
  ENTRY_VERDICT,
  FIELD_ERROR,
  GOLDEN_DIFF,
  GOLDEN_STATUS,
  GOVERNANCE_PATCH,
  GOVERNANCE_PREVIEW,
  GOVERNANCE_SNAPSHOT,
  HEALTH,
  HISTORY_DETAIL,
  HISTORY_ENTRY,
  INPUT_DIFFERENCE,
  LOG_ENTRY,
  LOG_PAGE,
  OPERATOR_STATE,
  PILLAR_STATUS,
  PROBLEM,
  REMARKS,
  RUN_CHANGE,
  RUN_STATE,
  RUN_STATUS,
  SCENARIO_DETAIL,
  SCENARIO_PATCH,
  SCENARIO_SOURCE,
  SCENARIO_SUMMARY,
  SERIES,
  STORED_RUN,
  START_RUN,
  TABLE_PAGE,
  TICK_VIEW,
  AEON_WINDOW,
  TOPOLOGY,
  TREND,
  TREND_ENTRY,
  TRENDS,
  WINDOW_VIEW,
  ...Object.values(RECORDS),
];

/** Every named schema of the OpenAPI document. */
export const WIRE_SCHEMAS: Readonly<Record<string, Schema>> = Object.fromEntries(
  NAMED.map((schema) => [nameOf(schema), schema]),
);
