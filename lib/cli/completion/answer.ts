import type { Command } from '../options/declare-command.js';
import { bashReply, bashWords } from './bash-words.js';
import { programShape, type CommandShape, type OptionShape } from './command-shape.js';
import { plainWords, type Proposal, type Proposals, type Paths } from './proposal.js';
import { typedLine, type TypedLine } from './typed-line.js';
import { sourceOf } from './value-sources.js';

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

/**
 * The possible words at the cursor: whole words with the typed prefix, without duplicates, in a fixed order.
 */
async function propose(line: TypedLine): Promise<Proposals> {
  const { slot, typed } = line;
  const { words, paths } = await candidates(line);
  const before = slot.kind === 'value' ? slot.prefix : '';
  const seen = new Set<string>();
  const fitting = words.filter(({ value }) => {
    if (!value.startsWith(typed) || seen.has(value)) return false;
    seen.add(value);
    return true;
  });
  return { words: fitting.map(({ value, describe }) => ({ value: before + value, describe })), paths };
}

async function candidates(line: TypedLine): Promise<Proposals> {
  const { command, slot, typed } = line;
  if (slot.kind === 'command') return { words: subcommands(command), paths: 'nothing' };
  if (slot.kind === 'option') return { words: optionWords(line), paths: 'nothing' };
  if (slot.kind === 'surplus') {
    return { words: typed === '' ? optionWords(line) : [], paths: 'nothing' };
  }
  const { choices } = slot.kind === 'value' ? slot.option : slot.positional;
  // The only command of a program should not hide the files.
  const words = typed.length > 1 && slot.kind === 'positional' ? subcommands(command) : [];
  if (choices.length > 0) return { words: [...words, ...plainWords(choices)], paths: 'nothing' };
  const found = await fromSource(line);
  return { words: [...words, ...found.words], paths: found.paths };
}

async function fromSource(line: TypedLine): Promise<Proposals> {
  const source = sourceOf(line);
  const paths: Paths = source !== undefined && 'paths' in source ? (source.paths ?? 'nothing') : 'nothing';
  if (source === undefined) return { words: [], paths };
  if ('list' in source) return { words: listWords(source.list, line.typed), paths };
  return { words: 'words' in source ? await source.words(line) : [], paths };
}

/** Words of a comma-separated list: the typed ones, and one more. */
function listWords(vocabulary: readonly string[], typed: string): Proposal[] {
  const listed = typed.split(',').slice(0, -1);
  const more = vocabulary.filter((word) => !listed.includes(word));
  return plainWords(more.map((word) => [...listed, word].join(',')));
}

function subcommands({ commands }: CommandShape): Proposal[] {
  return [...commands].map(([value, { describe }]) => ({ value, describe }));
}

/** Options that are not on the line yet, or may be repeated; short ones only on request. */
function optionWords({ command, given, typed }: TypedLine): Proposal[] {
  const open = command.options.filter((option) => !given.has(option.name) || mayRepeat(option));
  return open.flatMap(({ name, alias, describe }) => {
    const names = [name, ...(alias === undefined ? [] : [alias])];
    const long = names.filter((word) => word.length > 1).map((word) => `--${word}`);
    const short = names.filter((word) => word.length === 1).map((word) => `-${word}`);
    return plainWords(typed === '-' || long.length === 0 ? [...long, ...short] : long, describe);
  });
}

function mayRepeat({ takes, repeats }: OptionShape): boolean {
  return takes === 'many' || repeats;
}
