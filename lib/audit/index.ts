/**
 * audit/ executes one selection in varied ways (jobs, threads, order, time zone, language, flags of node) and compares every
 * result with that of the first way.
 *
 * Invariants: every round runs in a separate process and store, which the caller provides; stores are removed unless they are
 * evidence of a difference.
 */
export { audit, type AuditReport, type Disagreement, type RoundRunner } from './audit.js';
export { auditRounds, describeRound, type AuditRound, type RoundRun } from './audit-round.js';
