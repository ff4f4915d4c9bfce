/**
 * platform/ accesses the machine: files, clocks, processes, signals. Each module implements a port of base/,
 * contains no policy, and is replaced by a fake in tests; only cli/ imports it.
 *
 * Invariants: no method retries, waits or interprets an error; durability is defined in base/ports.ts.
 */
import type { TreePlatform } from '../base/ports.js';
import { systemClock } from './clock.js';
import { nodeProcesses } from './processes.js';
import { nodeTreeFiles } from './tree-files.js';

export { systemClock } from './clock.js';
export { nodeDocumentFiles } from './document-files.js';
export { nodeGrowingFiles } from './growing-files.js';
export { nodeProcesses } from './processes.js';
export { makeDirectories } from './make-directories.js';
export { openWithSystem, type OpenFile } from './open-file.js';
export { watchStopSignals } from './signals.js';
export { nodeTreeFiles } from './tree-files.js';
export { isInside, isSamePlace } from './same-place.js';
export { makeTempDirectory, writePieces } from './write-pieces.js';

/** The platform of a store on this machine. */
export function nodePlatform(): TreePlatform {
  return { files: nodeTreeFiles, processes: nodeProcesses(), clock: systemClock };
}
