import type { CommandModule } from 'yargs';
import type { CommandContext } from '../command-context.js';
import { EXIT } from '../exit-codes.js';
import { SHELLS, shellOf, type Shell } from './shells.js';

export interface CompletionArguments {
  readonly shell?: Shell;
}

/** Prints a completion script. */
export function completionCommand(
  context: CommandContext,
  program: string,
): CommandModule<object, CompletionArguments> {
  const call = `${program} completion`;
  return {
    command: 'completion [shell]',
    describe: `Print a completion script for a shell: ${SHELLS.join(', ')}`,
    builder: (yargs) =>
      yargs
        .positional('shell', {
          choices: SHELLS,
          describe: 'Shell of the script',
          defaultDescription: 'the shell in $SHELL',
        })
        .example(`eval "$(${call} bash)"`, 'In ~/.bashrc')
        .example(`source <(${call} zsh)`, 'In ~/.zshrc, after compinit')
        .example(`${call} fish > ~/.config/fish/completions/${program}.fish`, 'Once, for fish')
        .epilogue(
          'Completes commands, options and their values, and the scenario ids and runs of the manifests and the store on the line. See docs/guides/completion.md.',
        ) as never,
    handler: async ({ shell }) => {
      const { completionScript } = await import('./scripts.js');
      context.terminal.data(completionScript(shell ?? shellOf(context.env), program));
      context.exit(EXIT.ok);
    },
  };
}
