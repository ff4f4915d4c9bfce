import { PendingResults, reopenRejected } from '../../../golden/index.js';
import type { CommandContext } from '../../command-context.js';
import type { GoldenArguments } from './options.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { goldenTree } from '../../golden/golden-context.js';
import { refuseInCI } from '../../golden/read-only.js';
import { checkSelection, namedRejected } from './select-results.js';

/** Undoes rejections: the named results, or with --all every rejected one, are pending again. */
export async function reopenResults(
  args: GoldenArguments,
  { terminal, env }: CommandContext,
): Promise<ExitCode> {
  refuseInCI(env, 'golden reopen');
  const tree = goldenTree(args.golden);
  const rejected = new PendingResults(tree).rejected();
  checkSelection(
    args,
    rejected.map(({ name }) => name),
  );
  const chosen = args.all === true ? rejected : namedRejected(rejected, args);
  const rows: { readonly name: string; readonly result: 'pending' | 'forgotten' }[] = [];
  for (const item of chosen) rows.push({ name: item.name, result: await reopenRejected(tree, item) });
  if (args.json === true) terminal.out(`${JSON.stringify({ reopened: rows })}\n`);
  else {
    for (const { name, result } of rows) {
      const next =
        result === 'pending' ? 'judge it: aether golden review' : 'the next batch leaves its result pending';
      terminal.out(`reopened  ${name}  ${next}\n`);
    }
  }
  return EXIT.ok;
}
