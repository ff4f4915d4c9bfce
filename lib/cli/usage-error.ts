import { likelyMeant, nearestHint } from '../config/nearest.js';
import { UsageError } from './command-error.js';
import { programShape, type CommandShape } from './completion/command-shape.js';
import { typedLine, type TypedLine } from './completion/typed-line.js';
import type { Command } from './options/declare-command.js';

/** The typed arguments, and the known commands. */
export interface Typed {
  readonly commands: readonly Command[];
  readonly args: readonly string[];
}

/** The innermost command on a line; the program itself if there is none. */
export function typedCommand(typed: Typed): CommandShape {
  return wholeLine(typed).command;
}

/** A complete line. */
export function wholeLine({ commands, args }: Typed): TypedLine {
  return typedLine(programShape(commands), [...args, '']);
}

/**
 * Refuses a lone dash: standard input is not read, and yargs would drop it silently.
 *
 * @throws UsageError
 */
export function refuseLoneDash(typed: Typed): void {
  if (!typed.args.includes('-')) return;
  const { command, positionals } = wholeLine(typed);
  if (!positionals.includes('-')) return;
  const slots = command.positionals.map(({ usage }) => usage).join(' ');
  throw new UsageError(
    '- is not supported: standard input is not read',
    slots === '' ? undefined : `give ${slots}; save piped input to a file first`,
  );
}

/**
 * Refuses an unknown command before other errors of the line are reported.
 *
 * @throws UsageError
 */
export function refuseUnknownCommand(typed: Typed): void {
  const { command, positionals } = wholeLine(typed);
  const [word] = positionals;
  if (word === undefined || command.commands.size === 0 || command.positionals.length > 0) return;
  const known = [...command.commands.keys()];
  const kind = `${command.path} command`.trimStart();
  const message =
    command.path === ''
      ? `unknown command ${word}`
      : `unknown ${kind} ${word}; expected one of ${known.join(', ')}`;
  throw new UsageError(message, nearestHint(word, known));
}

/** Translates an error of yargs, with the nearest valid word. */
export function usageError(message: string, typed: Typed): UsageError {
  const command = typedCommand(typed);
  const blank = message.indexOf(' ');
  const about = message.slice(blank + 1);
  switch (message.slice(0, blank)) {
    case 'unknown':
      return unknownWords(about.split(', '), typed.args, command);
    case 'no-value':
      return new UsageError(`option ${dashed(about)} needs a value`);
    case 'too-few':
      return missingWords(typed.args, command);
    default:
      return new UsageError(message);
  }
}

function unknownWords(
  found: readonly string[],
  args: readonly string[],
  { options, commands }: CommandShape,
): UsageError {
  const isOption = optionsOf(args).includes(found[0]!);
  if (!isOption) {
    const kind = commands.size > 0 ? 'command' : 'argument';
    return new UsageError(
      `unknown ${kind} ${found.join(', ')}`,
      nearestHint(found[0]!, [...commands.keys()]),
    );
  }
  const names = options.map(({ name }) => name);
  const meant = found[0]!.length === 1 ? undefined : likelyMeant(found[0]!, names);
  return new UsageError(
    `unknown option ${found.map(dashed).join(', ')}`,
    meant === undefined ? undefined : `did you mean "${dashed(meant)}"?`,
  );
}

/** The missing arguments of a line; an unknown option may have been typed instead. */
function missingWords(args: readonly string[], command: CommandShape): UsageError {
  const known = command.options.flatMap(({ name, alias }) => [name, alias]);
  const strange = optionsOf(args).filter((name) => !known.includes(name));
  if (strange.length > 0) return unknownWords(strange, args, command);
  if (command.commands.size === 0) {
    const slots = command.positionals.map(({ usage }) => usage);
    const choices = command.positionals.flatMap(({ usage, choices: words }) =>
      words.length === 0 ? [] : [`; ${usage} is one of ${words.join(', ')}`],
    );
    return new UsageError(`an argument is missing: ${[command.path, ...slots].join(' ')}${choices.join('')}`);
  }
  const words = [...command.commands.keys()].join(', ');
  return new UsageError(`name a ${`${command.path} command`.trimStart()}: ${words}`);
}

/** Names of the options on a line, without dashes and values. */
function optionsOf(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args
    .slice(0, end === -1 ? undefined : end)
    .filter((arg) => /^--?[^-\s]/.test(arg))
    .map((arg) => arg.replace(/^-+|=.*$/gs, ''));
}

function dashed(word: string): string {
  return word.length === 1 ? `-${word}` : `--${word}`;
}
