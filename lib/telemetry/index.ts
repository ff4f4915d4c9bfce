/**
 * What a run tells the outside while it executes: one union of events and the sinks that listen to them.
 *
 * Events are plain data without a clock. A sink adds the time when it writes, so a run gives the same results
 * whether it is logged or not. The log's entries are what the service shows (batch contract, section 4:
 * artefact `log`).
 */
export * from './events.js';
export * from './log-entry.js';
export * from './json-log.js';
