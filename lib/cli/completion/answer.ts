import type { Command } from '../options/declare-command.js';
import { bashReply, bashWords } from './bash-words.js';
import { programShape, type CommandShape } from './command-shape.js';
import type { Proposal, Proposals } from './proposal.js';
import { propose } from './propose.js';
import { typedLine } from './typed-line.js';

/**
 * Answers a completion script. `bash <line up to the cursor> <text to replace>` returns words ready for
 * insertion; `zsh` or `fish` with the words after the program name returns word, tab and description per
 * line. A first line states which paths the shell may add.
 */
export async function completionAnswer(
  commands: readonly Command[],
  args: readonly string[],
): Promise<string> {
  const program = programShape(commands);
  const [shell, ...words] = args;
  if (shell === 'bash') return bashAnswer(program, words[0] ?? '', words[1] ?? '');
  return rendered(await propose(typedLine(program, words)), ({ value, describe }) =>
    describe === '' ? value : `${value}\t${describe.replace(/\s+/g, ' ')}`,
  );
}

async function bashAnswer(program: CommandShape, line: string, text: string): Promise<string> {
  const words = bashWords(line).slice(1);
  const last = words.at(-1) ?? { raw: '', value: '', quote: '' };
  const proposals = await propose(
    typedLine(
      program,
      words.map(({ value }) => value),
    ),
  );
  return rendered(proposals, ({ value }) => bashReply(value, last, text));
}

function rendered({ words, paths }: Proposals, render: (word: Proposal) => string): string {
  return [paths, ...words.map(render)].map((line) => `${line}\n`).join('');
}
