import { apxiCommand } from './commands/apxi/command.js';
import { auditCommand } from './commands/audit/command.js';
import { batchCommand } from './commands/batch/command.js';
import { batchesCommand } from './commands/batches/command.js';
import { catCommand } from './commands/cat/command.js';
import { compareCommand } from './commands/compare/command.js';
import { configCommand } from './commands/config/command.js';
import { diffCommand } from './commands/diff/command.js';
import { explainCommand } from './commands/explain/command.js';
import { goldenCommand } from './commands/golden/command.js';
import { historyCommand } from './commands/history/command.js';
import { initCommand } from './commands/init/command.js';
import { inspectCommand } from './commands/inspect/command.js';
import { labelCommand } from './commands/label/command.js';
import { mergeReportsCommand } from './commands/merge-reports/command.js';
import { noteCommand } from './commands/note/command.js';
import { plotCommand } from './commands/plot/command.js';
import { replayCommand } from './commands/replay/command.js';
import { runCommand } from './commands/run/command.js';
import { runsCommand } from './commands/runs/command.js';
import { scenariosCommand } from './commands/scenarios/command.js';
import { seriesCommand } from './commands/series/command.js';
import { serveCommand } from './commands/serve/command.js';
import { showLedgerCommand } from './commands/show-ledger/command.js';
import { storeCommand } from './commands/store/command.js';
import { tableCommand } from './commands/table/command.js';
import { validateCommand } from './commands/validate/command.js';
import { verifyCommand } from './commands/verify/command.js';
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

/** The program that runs simulations and inspects their results. */
export const AETHER: Program = {
  name: 'aether',
  usage: '$0 <command> [options]\n\nRun simulations and inspect their results.',
  commands: (context) => COMMANDS.map((make) => make(context, 'aether')),
};
