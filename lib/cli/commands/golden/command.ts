import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { GOLDEN, MANIFESTS, PROFILE, ROOT, text } from '../../options/common-options.js';
import { GOLDEN_ACTIONS, type GoldenArguments } from './arguments.js';

const GOLDEN_OPTIONS = {
  reason: { ...text, describe: 'Why the result is right or wrong; recorded' },
  by: {
    ...text,
    describe: 'Name of the person who judges',
    defaultDescription: '$AETHER_BY, user.name of git, or the system user',
  },
  run: { ...text, describe: 'Run whose result is judged; refused if another result is pending' },
  digest: {
    ...text,
    describe: 'First digits of the result digest that is judged; refused if another result is pending',
  },
  all: { type: 'boolean', describe: 'Judge every pending result of the manifests' },
  golden: GOLDEN,
  root: ROOT,
  manifests: { ...MANIFESTS, describe: 'Manifests that ask for goldens, as files or globs (status)' },
  profile: { ...PROFILE, describe: 'Named set of settings from the manifests, as for the batch (status)' },
  ...VIEW_OPTIONS,
} as const;

/** Shows goldens and judges pending results. */
export function goldenCommand(context: CommandContext): CommandModule<object, GoldenArguments> {
  return {
    command: 'golden <action> [names..]',
    describe:
      'Show goldens (status), review pending results (review), accept, reject or reopen them, or adopt a snapshot',
    builder: (yargs) =>
      yargs
        .positional('action', { type: 'string', choices: GOLDEN_ACTIONS, describe: 'Action' })
        .positional('names', {
          type: 'string',
          array: true,
          describe: 'Run names; default all. For adopt: a snapshot file and a scenario',
        })
        .options(GOLDEN_OPTIONS)
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
        ) as never,
    handler: async (args) => {
      const { goldenAction } = await import('./action.js');
      context.exit(await goldenAction(args, context));
    },
  };
}
