/**
 * Events of a run during its execution: one union of events and the sinks that receive them.
 *
 * Events are plain data without a clock. A sink adds the time when it writes, so that a run has the same
 * results with and without a log. The service shows the entries of the log (batch contract, section 4:
 * artefact `log`).
 */
export * from './events.js';
export * from './log-entry.js';
export * from './json-log.js';
