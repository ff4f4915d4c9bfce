/**
 * The shapes on the wire: one file per record, each with its TypeScript type and its JSON Schema. The OpenAPI document, the
 * validation of requests, and the dashboard are all made from these; nothing here imports anything of the service.
 */
import { BATCH_COUNTS, BATCH_GOLDEN_ISSUE, BATCH_VERDICT } from './batch-verdict.js';
import { BATCH_DETAIL, BATCH_RUN, BATCH_SUMMARY } from './batch.js';
import { BATCH_DIFF, RUN_CHANGE, TREND, TREND_ENTRY } from './changes.js';
import { DIAGNOSTIC_CHECK, DIAGNOSTIC_PROFILE, DIAGNOSTIC_RUN } from './diagnostics.js';
import { GOLDEN_DIFF, GOLDEN_STATUS } from './golden.js';
import { AUDIT_ENTRY, GOVERNANCE_PATCH, GOVERNANCE_PREVIEW, GOVERNANCE_SNAPSHOT } from './governance.js';
import { HEALTH } from './health.js';
import { HISTORY_DETAIL, HISTORY_ENTRY } from './history.js';
import { LOG_ENTRY, LOG_PAGE } from './log.js';
import { PILLAR_STATUS } from './pillar.js';
import { FIELD_ERROR, PROBLEM } from './problem.js';
import { ADD_REMARK, REMARKS } from './remarks.js';
import {
  CODEX_RECORD,
  COMPARISON,
  ENTRY_VERDICT,
  ENVELOPE,
  RUN_STATE,
  SERIES,
  TICK_VIEW,
  AEON_WINDOW,
  TOPOLOGY,
  U_ENTRY,
  WINDOW_VIEW,
} from './run-data.js';
import { OPERATOR_STATE, RUN_STATUS, START_RUN } from './run-status.js';
import { SCENARIO_DETAIL, SCENARIO_PATCH, SCENARIO_SOURCE, SCENARIO_SUMMARY } from './scenario.js';
import type { WireSchema } from './schema.js';
import { TABLE_PAGE } from './table.js';
import { TRENDS } from './trends.js';

export type * from './batch-verdict.js';
export type * from './batch.js';
export type * from './changes.js';
export type * from './diagnostics.js';
export type * from './golden.js';
export type * from './governance.js';
export type * from './health.js';
export type * from './history.js';
export type * from './log.js';
export type * from './pillar.js';
export type * from './problem.js';
export type * from './remarks.js';
export type * from './run-data.js';
export type * from './run-status.js';
export type * from './scenario.js';
export type { WireSchema } from './schema.js';
export type * from './table.js';
export type * from './trends.js';

/** Every named schema of the OpenAPI document. */
export const WIRE_SCHEMAS: Readonly<Record<string, WireSchema>> = {
  AddRemark: ADD_REMARK,
  AuditEntry: AUDIT_ENTRY,
  BatchCounts: BATCH_COUNTS,
  BatchDetail: BATCH_DETAIL,
  BatchDiff: BATCH_DIFF,
  BatchGoldenIssue: BATCH_GOLDEN_ISSUE,
  BatchRun: BATCH_RUN,
  BatchSummary: BATCH_SUMMARY,
  BatchVerdict: BATCH_VERDICT,
  CodexRecord: CODEX_RECORD,
  Comparison: COMPARISON,
  DiagnosticCheck: DIAGNOSTIC_CHECK,
  DiagnosticProfile: DIAGNOSTIC_PROFILE,
  DiagnosticRun: DIAGNOSTIC_RUN,
  EntryVerdict: ENTRY_VERDICT,
  Envelope: ENVELOPE,
  FieldError: FIELD_ERROR,
  GoldenDiff: GOLDEN_DIFF,
  GoldenStatus: GOLDEN_STATUS,
  GovernancePatch: GOVERNANCE_PATCH,
  GovernancePreview: GOVERNANCE_PREVIEW,
  GovernanceSnapshot: GOVERNANCE_SNAPSHOT,
  Health: HEALTH,
  HistoryDetail: HISTORY_DETAIL,
  HistoryEntry: HISTORY_ENTRY,
  LogEntry: LOG_ENTRY,
  LogPage: LOG_PAGE,
  OperatorState: OPERATOR_STATE,
  PillarStatus: PILLAR_STATUS,
  Problem: PROBLEM,
  Remarks: REMARKS,
  RunChange: RUN_CHANGE,
  RunState: RUN_STATE,
  RunStatus: RUN_STATUS,
  ScenarioDetail: SCENARIO_DETAIL,
  ScenarioPatch: SCENARIO_PATCH,
  ScenarioSource: SCENARIO_SOURCE,
  ScenarioSummary: SCENARIO_SUMMARY,
  Series: SERIES,
  StartRun: START_RUN,
  TablePage: TABLE_PAGE,
  TickView: TICK_VIEW,
  AeonWindow: AEON_WINDOW,
  Topology: TOPOLOGY,
  Trend: TREND,
  TrendEntry: TREND_ENTRY,
  Trends: TRENDS,
  UEntry: U_ENTRY,
  WindowView: WINDOW_VIEW,
};
