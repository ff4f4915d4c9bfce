import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import { declareCommand, type Command } from '../../options/declare-command.js';
import { DIFF_OPERANDS, DIFF_OPTIONS } from './options.js';

/** Compares two stored runs, or two batches. */
export function diffCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'diff',
    describe:
      'Find the first difference of two runs and the input that causes it; or compare two batches run by run',
    operands: DIFF_OPERANDS,
    options: DIFF_OPTIONS,
    conflicts: { markdown: ['json'], batch: ['count'] },
    builder: (yargs) =>
      yargs
        .example('aether diff gf01 latest', 'The latest gf01 run against the latest run of all')
        .example("aether diff 'ring-5[ticks=64]' 'ring-5[ticks=128]'", 'Two cells of a sweep')
        .example('aether diff 20250101 20250102 --json', 'Two runs, by prefixes of their ids')
        .example('aether diff --batch 20250101 --batch latest', 'The changes between two batches')
        .epilogue('Exit codes: 0 the results are the same, 1 they differ.'),
    handler: async (args) => {
      const { a, b, batch = [] } = args;
      if (batch.length === 0) {
        if (a === undefined || b === undefined) throw missing();
        if (args.markdown === true) throw new UsageError('--markdown needs --batch');
        const { showDiff } = await import('./action.js');
        return context.exit(await showDiff({ ...args, a, b }, context));
      }
      if (a !== undefined)
        throw new UsageError('--batch compares batches and takes no run', `leave out ${a}`);
      const [first, second, ...others] = batch;
      if (first === undefined || second === undefined || others.length > 0) {
        const given = String(batch.length);
        throw new UsageError(
          `--batch must be given twice, got ${given}`,
          'write --batch <before> --batch <after>',
        );
      }
      const { showBatchDiff } = await import('./show-batch-diff.js');
      context.exit(await showBatchDiff(args, [first, second], context));
    },
  });
}

function missing(): UsageError {
  return new UsageError(
    'an argument is missing: diff <a> <b>',
    'or compare two batches: --batch <a> --batch <b>',
  );
}
