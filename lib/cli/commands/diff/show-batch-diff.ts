import { comparisonMarkdown } from '../../../batch/report/document/comparison-markdown.js';
import { diffBatches } from '../../../inspect/batch-diff/index.js';
import { batchSide } from '../../batch/batch-side.js';
import type { CommandContext } from '../../command-context.js';
import type { DiffArguments } from './options.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading, withStore } from '../../open-store.js';
import { batchDiffLines } from '../../inspect/batch-diff-lines.js';
import { paged } from '../../inspect/pager.js';

/** Compares two batches; the exit code reports whether all their runs have the same results. */
export async function showBatchDiff(
  args: DiffArguments,
  [a, b]: readonly [string, string],
  context: CommandContext,
): Promise<ExitCode> {
  return withStore(openForReading(args.store, context), async (store) => {
    const diff = await diffBatches(store, await batchSide(store, a), await batchSide(store, b));
    if (args.json === true) context.terminal.out(`${JSON.stringify(diff)}\n`);
    else if (args.markdown === true) context.terminal.out(`${comparisonMarkdown(diff).join('\n')}\n`);
    else {
      const lines = batchDiffLines(diff, context.terminal.outColors);
      await paged(context, async (line) => {
        for (const text of lines) await line(text);
      });
    }
    return diff.equal ? EXIT.ok : EXIT.failed;
  });
}
