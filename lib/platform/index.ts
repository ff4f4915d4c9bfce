/**
 * platform/ is where Aether touches the machine: files, clocks, processes, signals. Each module implements a port
 * of base/, holds no policy, and is replaced by a fake in tests; nothing below cli/ imports it.
 *
 * Invariants: no method retries, waits or interprets an error; durability means what base/ports.ts says.
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

/** Everything a store needs of this machine. */
export function nodePlatform(): TreePlatform {
  return { files: nodeTreeFiles, processes: nodeProcesses(), clock: systemClock };
}
