import type { CommandContext } from '../../command-context.js';
import { declareCommand, type Command } from '../../options/declare-command.js';
import { BATCH_OPERANDS, BATCH_OPTIONS } from './options.js';

/** Runs manifests. `aether-batch` has only this command and omits its name. */
export function batchCommand(context: CommandContext, program: 'aether' | 'aether-batch'): Command {
  const call = program === 'aether' ? 'aether batch' : 'aether-batch';
  return declareCommand({
    name: program === 'aether' ? 'batch' : '$0',
    describe: 'Run scenarios from manifests and keep their artefacts',
    operands: BATCH_OPERANDS,
    options: BATCH_OPTIONS,
    conflicts: {
      x: ['max-failures', 'keep-going'],
      list: ['dry-run', 'json'],
      watch: ['list', 'dry-run', 'json', 'shard'],
      'compare-to': ['list', 'dry-run'],
    },
    builder: (yargs) =>
      yargs
        .example(`${call} manifests/reference.yaml`, 'Run everything that has no stored result')
        .example(`${call} -n -g 'ring-5'`, 'Show what would run, why, and for how long')
        .example(
          `${call} -S run.ticks=64 -g '^ring-5$'`,
          'With another number of ticks, which becomes part of the name',
        )
        .example(
          `${call} --shard 2/5 --output out-2`,
          'A fifth of the runs; aether merge-reports combines the parts',
        )
        .example(
          `${call} --reporter line,junit,html --output out`,
          'Write machine-readable reports beside the live one',
        )
        .example(
          `${call} --compare-to latest --reporter line,html --output out`,
          'Compare with the last recorded batch',
        )
        .example(`${call} manifests/reference.yaml --watch`, 'Run again after each change of a document')
        .example(`${call} -u missing --reason 'first results'`, 'Accept goldens for runs that have none')
        .example(`${call} --force --repeat-each 2 -j 4`, 'Check that results are reproducible')
        .epilogue(EPILOGUE),
    handler: async (args) => {
      if (args.watch === true) {
        const { watchBatch } = await import('./watch-batch.js');
        return context.exit(await watchBatch(args, context));
      }
      const { earlyWorkers } = await import('./workers.js');
      const workers = await earlyWorkers(args);
      const { runBatchCommand } = await import('./action.js');
      context.exit(await runBatchCommand(args, context, workers));
    },
  });
}

const EPILOGUE = `Exit codes: 0 every run ended as expected, 1 a run failed, or results or goldens disagreed, 2 usage or invalid documents, 4 nothing selected, 5 store problem, 70 internal error, 130 interrupted.
The first SIGINT, SIGTERM or SIGHUP stops running runs at their next tick and keeps their results; the second exits at once. Times and sizes need a unit: 30s, 512MiB.`;
