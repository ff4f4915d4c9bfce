/** Entry of `aether`. */
import { AUDIT_OPTIONS, auditCommand } from './commands/audit.js';
import { BATCH_OPTIONS, batchCommand } from './commands/batch.js';
import { CAT_OPTIONS, catCommand } from './commands/cat.js';
import { DIFF_OPTIONS, diffCommand } from './commands/diff.js';
import { EXPLAIN_OPTIONS, explainCommand } from './commands/explain.js';
import { GOLDEN_ACTIONS, GOLDEN_OPTIONS, goldenCommand } from './commands/golden.js';
import { INSPECT_OPTIONS, inspectCommand } from './commands/inspect.js';
import { MERGE_OPTIONS, mergeReportsCommand } from './commands/merge-reports.js';
import { PLOT_OPTIONS, plotCommand } from './commands/plot.js';
import { REPLAY_OPTIONS, replayCommand } from './commands/replay.js';
import { RUN_OPTIONS, runCommand } from './commands/run.js';
import { RUNS_OPTIONS, runsCommand } from './commands/runs.js';
import { SCENARIOS_OPTIONS, scenariosCommand } from './commands/scenarios.js';
import { SERVE_OPTIONS, serveCommand } from './commands/serve.js';
import { SHOW_LEDGER_OPTIONS, showLedgerCommand } from './commands/show-ledger.js';
import { STORE_COMMAND_OPTIONS, STORE_WORDS, storeCommand } from './commands/store.js';
import { VALIDATE_OPTIONS, validateCommand } from './commands/validate.js';
import { VERIFY_OPTIONS, verifyCommand } from './commands/verify.js';
import { runProgram } from './program.js';

const COMMANDS = {
  audit: { make: auditCommand, options: AUDIT_OPTIONS },
  batch: { make: batchCommand, options: BATCH_OPTIONS },
  cat: { make: catCommand, options: CAT_OPTIONS },
  diff: { make: diffCommand, options: DIFF_OPTIONS },
  explain: { make: explainCommand, options: EXPLAIN_OPTIONS },
  golden: { make: goldenCommand, options: GOLDEN_OPTIONS },
  inspect: { make: inspectCommand, options: INSPECT_OPTIONS },
  'merge-reports': { make: mergeReportsCommand, options: MERGE_OPTIONS },
  plot: { make: plotCommand, options: PLOT_OPTIONS },
  replay: { make: replayCommand, options: REPLAY_OPTIONS },
  run: { make: runCommand, options: RUN_OPTIONS },
  runs: { make: runsCommand, options: RUNS_OPTIONS },
  scenarios: { make: scenariosCommand, options: SCENARIOS_OPTIONS },
  serve: { make: serveCommand, options: SERVE_OPTIONS },
  'show-ledger': { make: showLedgerCommand, options: SHOW_LEDGER_OPTIONS },
  store: { make: storeCommand, options: STORE_COMMAND_OPTIONS },
  validate: { make: validateCommand, options: VALIDATE_OPTIONS },
  verify: { make: verifyCommand, options: VERIFY_OPTIONS },
} as const;

await runProgram(
  {
    name: 'aether',
    usage: '$0 <command> [options]\n\nRun simulations and look at what they left.',
    commands: (context) => Object.values(COMMANDS).map(({ make }) => make(context, 'aether') as never),
    options: ['help', 'version', ...Object.values(COMMANDS).flatMap(({ options }) => Object.keys(options))],
    words: ['completion', ...Object.keys(COMMANDS), ...STORE_WORDS, ...GOLDEN_ACTIONS],
  },
  process.argv.slice(2),
);
