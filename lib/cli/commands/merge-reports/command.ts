import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { MERGE_REPORTS_OPERANDS, MERGE_REPORTS_OPTIONS } from './options.js';

/** Merges the reports of shards. */
export function mergeReportsCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'merge-reports',
    describe: 'Merge the reports of all shards of a plan',
    operands: MERGE_REPORTS_OPERANDS,
    options: MERGE_REPORTS_OPTIONS,
    builder: (yargs) =>
      yargs
        .example(
          'aether merge-reports out-1 out-2 out-3 --reporter junit,html --output merged',
          'Merge three shards into one report',
        )
        .epilogue(
          'Fails, with all reasons, if a shard is missing or duplicated, or if a report belongs to another plan. The exit code is that of the whole batch.',
        ),
    handler: acting(context, async () => (await import('./action.js')).mergeReportFiles),
  });
}
