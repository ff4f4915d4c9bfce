/** Entry of `aether`. */
import { BATCH_OPTIONS, batchCommand } from './commands/batch.js';
import { CAT_OPTIONS, catCommand } from './commands/cat.js';
import { RUN_OPTIONS, runCommand } from './commands/run.js';
import { RUNS_OPTIONS, runsCommand } from './commands/runs.js';
import { SCENARIOS_OPTIONS, scenariosCommand } from './commands/scenarios.js';
import { SERVE_OPTIONS, serveCommand } from './commands/serve.js';
import { VALIDATE_OPTIONS, validateCommand } from './commands/validate.js';
import { runProgram } from './program.js';

const COMMANDS = {
  batch: { make: batchCommand, options: BATCH_OPTIONS },
  cat: { make: catCommand, options: CAT_OPTIONS },
  run: { make: runCommand, options: RUN_OPTIONS },
  runs: { make: runsCommand, options: RUNS_OPTIONS },
  scenarios: { make: scenariosCommand, options: SCENARIOS_OPTIONS },
  serve: { make: serveCommand, options: SERVE_OPTIONS },
  validate: { make: validateCommand, options: VALIDATE_OPTIONS },
} as const;

await runProgram(
  {
    name: 'aether',
    usage: '$0 <command> [options]\n\nRun simulations and look at what they left.',
    commands: (context) => Object.values(COMMANDS).map(({ make }) => make(context, 'aether') as never),
    options: ['help', 'version', ...Object.values(COMMANDS).flatMap(({ options }) => Object.keys(options))],
    words: ['completion', ...Object.keys(COMMANDS)],
  },
  process.argv.slice(2),
);
