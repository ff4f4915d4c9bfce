/** Entry of `aether-batch`. */
import { AETHER_BATCH } from './aether-batch-program.js';
import { runProgram } from './program.js';

/** Settles when the program has ended. */
export const ended = runProgram(AETHER_BATCH, process.argv.slice(2));
