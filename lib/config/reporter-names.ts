/** Reporters that show progress while a batch runs, and those that write one document at its end. */
export const PROGRESS_REPORTERS = ['line', 'dot', 'json'] as const;
export const DOCUMENT_REPORTERS = ['junit', 'tap', 'github', 'markdown', 'html'] as const;
export const REPORTERS = [...PROGRESS_REPORTERS, ...DOCUMENT_REPORTERS] as const;
export type ProgressReporterName = (typeof PROGRESS_REPORTERS)[number];
export type DocumentReporterName = (typeof DOCUMENT_REPORTERS)[number];
export type ReporterName = (typeof REPORTERS)[number];
