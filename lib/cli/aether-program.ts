import { apxiCommand } from './commands/apxi.js';
import { auditCommand } from './commands/audit.js';
import { batchCommand } from './commands/batch.js';
import { batchesCommand } from './commands/batches.js';
import { catCommand } from './commands/cat.js';
import { compareCommand } from './commands/compare.js';
import { configCommand } from './commands/config.js';
import { diffCommand } from './commands/diff.js';
import { explainCommand } from './commands/explain.js';
import { goldenCommand } from './commands/golden.js';
import { historyCommand } from './commands/history.js';
import { initCommand } from './commands/init.js';
import { inspectCommand } from './commands/inspect.js';
import { labelCommand } from './commands/label.js';
import { mergeReportsCommand } from './commands/merge-reports.js';
import { noteCommand } from './commands/note.js';
import { plotCommand } from './commands/plot.js';
import { replayCommand } from './commands/replay.js';
import { runCommand } from './commands/run.js';
import { runsCommand } from './commands/runs.js';
import { scenariosCommand } from './commands/scenarios.js';
import { seriesCommand } from './commands/series.js';
import { serveCommand } from './commands/serve.js';
import { showLedgerCommand } from './commands/show-ledger.js';
import { storeCommand } from './commands/store.js';
import { tableCommand } from './commands/table.js';
import { validateCommand } from './commands/validate.js';
import { verifyCommand } from './commands/verify.js';
import type { Program } from './program.js';

const COMMANDS = [
  apxiCommand,
  auditCommand,
  batchCommand,
  batchesCommand,
  catCommand,
  compareCommand,
  configCommand,
  diffCommand,
  explainCommand,
  goldenCommand,
  historyCommand,
  initCommand,
  inspectCommand,
  labelCommand,
  mergeReportsCommand,
  noteCommand,
  plotCommand,
  replayCommand,
  runCommand,
  runsCommand,
  scenariosCommand,
  seriesCommand,
  serveCommand,
  showLedgerCommand,
  storeCommand,
  tableCommand,
  validateCommand,
  verifyCommand,
] as const;

/** The program that runs simulations and reads what they left. */
export const AETHER: Program = {
  name: 'aether',
  usage: '$0 <command> [options]\n\nRun simulations and look at what they left.',
  commands: (context) => COMMANDS.map((make) => make(context, 'aether') as never),
};
