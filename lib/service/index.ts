/**
 * The operator service: one process over the same scenario registry, run code and artefact tree as the
 * command line (service contract). It starts and supervises runs on worker threads, shows their records,
 * edits scenarios in place and stores the base governance.
 *
 * Invariants: history consists only of the run records of the tree; a started run ends exactly once, with a
 * record or with a fault that gives the reason why there is none; ends never change; every request passes the
 * front door, then its schemas, before its handler runs; ids are looked up, never joined to paths; answers
 * contain no stack and no path; a client that does not read costs only a file position.
 */
export { Service, defaultStateDirectory } from './service.js';
export type { ServiceOptions } from './service-options.js';
export type { AuditRunner, GoldenService } from './goldens/golden-service.js';
export { ServiceGoldens } from './goldens/service-goldens.js';
export { REFUSALS } from './refusal.js';
export type * from './wire/index.js';
export { dashboardFiles } from './http/dashboard-files.js';
