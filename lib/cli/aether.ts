/** Entry of `aether`. */
import { AETHER } from './aether-program.js';
import { runProgram } from './program.js';

/** Settles when the program has ended. */
export const ended = runProgram(AETHER, process.argv.slice(2));
