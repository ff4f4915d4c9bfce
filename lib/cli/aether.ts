/** Entry of `aether`. */
import { AETHER } from './aether-program.js';
import { runProgram } from './program.js';

await runProgram(AETHER, process.argv.slice(2));
