import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { wordsOf } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import { DOCUMENT_REPORTERS } from '../../../config/reporter-names.js';
import type { MergeArguments } from './action.js';

const MERGE_OPTIONS = {
  reporter: {
    ...text,
    describe: `Documents to write for the merged report: ${DOCUMENT_REPORTERS.join(', ')}`,
    repeats: true,
    coerce: wordsOf('--reporter', DOCUMENT_REPORTERS),
  },
  output: { ...text, path: 'directory', describe: 'Directory for the documents and for report.json' },
  json: { type: 'boolean', describe: 'Print the merged report as JSON' },
} as const;

const REPORT_OPERANDS = {
  type: 'string',
  array: true,
  path: 'file',
  describe: 'report.json files, or directories that contain one',
} as const;

/** Merges the reports of shards. */
export function mergeReportsCommand(context: CommandContext): CommandModule<object, MergeArguments> {
  return {
    command: 'merge-reports <files..>',
    describe: 'Merge the reports of all shards of a plan',
    builder: (yargs) =>
      yargs
        .positional('files', REPORT_OPERANDS)
        .options(MERGE_OPTIONS)
        .example(
          'aether merge-reports out-1 out-2 out-3 --reporter junit,html --output merged',
          'Merge three shards into one report',
        )
        .epilogue(
          'Fails, with all reasons, if a shard is missing or duplicated, or if a report belongs to another plan. The exit code is that of the whole batch.',
        ) as never,
    handler: async (args) => {
      const { mergeReportFiles } = await import('./action.js');
      context.exit(await mergeReportFiles(args, context));
    },
  };
}
