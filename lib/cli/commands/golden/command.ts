import type { CommandContext } from '../../command-context.js';
import { acting, declareCommand, type Command } from '../../options/declare-command.js';
import { GOLDEN_OPERANDS, GOLDEN_OPTIONS } from './options.js';

/** Shows goldens and judges pending results. */
export function goldenCommand(context: CommandContext): Command {
  return declareCommand({
    name: 'golden',
    describe:
      'Show goldens (status), review pending results (review), accept, reject or reopen them, or adopt a snapshot',
    operands: GOLDEN_OPERANDS,
    options: GOLDEN_OPTIONS,
    builder: (yargs) =>
      yargs
        .example('aether golden status', 'Every golden and the state of its run')
        .example('aether golden review', 'View and judge each pending result')
        .example(
          "aether golden accept gf01 --reason 'k of edge 3 is 2 now'",
          'Replace the golden by the new result',
        )
        .example(
          "aether golden reject ring-5 --reason 'rounding is broken'",
          'Keep the golden and reject the new result',
        )
        .example('aether golden reopen ring-5', 'Undo a rejection: the result is pending again')
        .example(
          'aether golden adopt session.json gf01',
          'Create a golden from an equal snapshot of the reference engine',
        )
        .epilogue(
          'aether-batch creates pending results; they stay pending until they are judged or the run agrees again. review prints the run and the digest of each: with --run or --digest a judgement is refused if another result is pending by then. If CI is set, goldens are read-only. Exit codes: 0 nothing is pending, 1 a result is pending or a judgement was refused, 5 goldens could not be written.',
        ),
    handler: acting(context, async () => (await import('./action.js')).goldenAction),
  });
}
