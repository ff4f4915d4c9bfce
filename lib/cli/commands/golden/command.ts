import type { CommandModule } from 'yargs';
import type { CommandContext } from '../../command-context.js';
import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { GOLDEN, MANIFESTS, PROFILE, ROOT, text } from '../../options/common-options.js';
import { GOLDEN_ACTIONS, type GoldenArguments } from './arguments.js';

const GOLDEN_OPTIONS = {
  reason: { ...text, describe: 'Why the result is right, or wrong; kept' },
  by: {
    ...text,
    describe: 'Who judges',
    defaultDescription: '$AETHER_BY, user.name of git, or the system user',
  },
  run: { ...text, describe: 'Run whose result is judged; refused when another one waits' },
  digest: {
    ...text,
    describe: 'First digits of the result digest that is judged; refused when another one waits',
  },
  all: { type: 'boolean', describe: 'Judge every pending result that a manifest asks for' },
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
      'Show goldens (status), look through what waits (review), accept, reject or reopen it, or adopt a snapshot',
    builder: (yargs) =>
      yargs
        .positional('action', { type: 'string', choices: GOLDEN_ACTIONS, describe: 'What to do' })
        .positional('names', {
          type: 'string',
          array: true,
          describe: 'Run names; all, if none are named. For adopt: a snapshot file and a scenario',
        })
        .options(GOLDEN_OPTIONS)
        .example('aether golden status', 'Every golden and how its run compares')
        .example('aether golden review', 'Look at each pending result and judge it')
        .example(
          "aether golden accept gf01 --reason 'k of edge 3 is 2 now'",
          'Make what was found the golden',
        )
        .example("aether golden reject ring-5 --reason 'rounding is broken'", 'Keep the golden, ask no more')
        .example('aether golden reopen ring-5', 'Take a rejection back: the result waits again')
        .example(
          'aether golden adopt session.json gf01',
          'Golden from a snapshot of the reference engine, if equal',
        )
        .epilogue(
          'Pending results come from aether-batch and wait until they are judged, or until the run agrees again. Review prints the run and the digest of each: with --run or --digest a judgement is refused when another result waits by then. Where CI is set, goldens are read-only. Exit codes: 0 nothing is left to judge, 1 something is or a judgement was refused, 5 goldens could not be written.',
        ) as never,
    handler: async (args) => {
      const { goldenAction } = await import('./action.js');
      context.exit(await goldenAction(args, context));
    },
  };
}
