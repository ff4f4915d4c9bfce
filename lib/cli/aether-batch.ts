/** Entry of `aether-batch`. */
import { AETHER_BATCH } from './aether-batch-program.js';
import { runProgram } from './program.js';

await runProgram(AETHER_BATCH, process.argv.slice(2));
