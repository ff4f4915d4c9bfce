import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import type { Declared } from '../options/declared.js';
import { declareCommand, type Command } from '../options/declare-command.js';
import { SHELLS, shellOf } from './shells.js';

const SHELL = {
  choices: SHELLS,
  describe: 'Shell of the script',
  defaultDescription: 'the shell in $SHELL',
} as const satisfies Declared;

/** Prints a completion script. */
export function completionCommand(context: CommandContext, program: string): Command {
  const call = `${program} completion`;
  return declareCommand({
    name: 'completion',
    describe: `Print a completion script for a shell: ${SHELLS.join(', ')}`,
    operands: { '[shell]': SHELL },
    builder: (yargs) =>
      yargs
        .example(`eval "$(${call} bash)"`, 'In ~/.bashrc')
        .example(`source <(${call} zsh)`, 'In ~/.zshrc, after compinit')
        .example(`${call} fish > ~/.config/fish/completions/${program}.fish`, 'Once, for fish')
        .epilogue(
          'Completes commands, options and their values, and the scenario ids and runs of the manifests and the store on the line. See docs/guides/completion.md.',
        ),
    handler: async ({ shell }) => {
      const { completionScript } = await import('./scripts.js');
      context.terminal.data(completionScript(shell ?? shellOf(context.env), program));
      context.exit(EXIT.ok);
    },
  });
}
