import yargs, { type Argv, type CommandModule } from 'yargs';
import { AetherError, errorCode } from '../base/errors.js';
import { nearestHint } from '../config/nearest.js';
import type { CommandContext } from './command-context.js';
import { InvalidDocuments, NotFound, UsageError } from './command-error.js';
import { packageVersion } from './engine-stamp.js';
import { completionCommand } from './completion/completion-command.js';
import { EXIT, exitCodeOf, type ExitCode } from './exit-codes.js';
import { processTerminal } from './terminal.js';
import { renderProblems } from './render-problems.js';

/** One of the two programs and its commands. */
export interface Program {
  readonly name: 'aether' | 'aether-batch';
  readonly usage: string;
  readonly commands: (context: CommandContext) => readonly CommandModule<object, never>[];
  /** Option names and command words, for suggestions. */
  readonly options: readonly string[];
  readonly words: readonly string[];
}

/** Parses the command line, runs the command and leaves the exit code in the process. */
export async function runProgram(program: Program, args: readonly string[]): Promise<void> {
  const context: CommandContext = {
    terminal: processTerminal(),
    env: process.env,
    exit: (code) => {
      process.exitCode = code;
    },
  };
  if (args[0] === COMPLETIONS_FLAG) return answerShell(program, context, args.slice(1));
  try {
    await parser(program, context).parseAsync(args);
  } catch (error) {
    context.exit(await report(error, program, context));
  }
}

function commandsOf(program: Program, context: CommandContext): readonly CommandModule<object, never>[] {
  return [...program.commands(context), completionCommand(context, program.name) as never];
}

/** First argument of a call that a completion script makes. */
const COMPLETIONS_FLAG = '--get-completions';

/** Answers a completion script. A person is typing, so what goes wrong only means that nothing is proposed. */
async function answerShell(
  program: Program,
  context: CommandContext,
  args: readonly string[],
): Promise<void> {
  try {
    const { completionAnswer } = await import('./completion/answer.js');
    context.terminal.out(await completionAnswer(commandsOf(program, context), args));
  } catch {
    context.exit(EXIT.failed);
  }
}

function parser(program: Program, context: CommandContext): Argv {
  const argv = yargs()
    .scriptName(program.name)
    .usage(program.usage)
    .locale('en')
    .parserConfiguration({
      'camel-case-expansion': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .wrap(Math.min(100, Math.max(60, context.terminal.columns())))
    .version(packageVersion())
    .help()
    .alias('help', 'h')
    .strict()
    .exitProcess(false)
    .fail((message: string, error: Error | undefined) => {
      // Refusals of option values arrive wrapped in the parser's own error.
      if (error === undefined || error.name === 'YError')
        throw usageError(error?.message ?? message, program);
      throw error;
    });
  for (const command of commandsOf(program, context)) argv.command(command);
  return program.name === 'aether' ? argv.demandCommand(1, 'Name a command') : argv;
}

/** Words for what yargs cannot make sense of, with the nearest thing it would understand. */
function usageError(message: string, program: Program): UsageError {
  const choice = /Given: "(.*?)", Choices: "(.*)"$/s.exec(message);
  if (choice !== null) {
    const choices = choice[2]!.split('", "');
    return new UsageError(
      `there is no ${choice[1]!}; it is one of ${choices.join(', ')}`,
      nearestHint(choice[1]!, choices),
    );
  }
  const few = /^Not enough non-option arguments: (.*)$/s.exec(message);
  if (few !== null) return new UsageError(`an argument is missing: ${few[1]!}`);
  const unknown = /^Unknown (argument|command)s?: (.*)$/s.exec(message);
  if (unknown === null) return new UsageError(message);
  const found = unknown[2]!.split(', ');
  const isOption = process.argv.some(
    (arg) => arg.startsWith('-') && arg.replace(/^-+|=.*$/gs, '') === found[0],
  );
  const hint = nearestHint(found[0]!, isOption ? program.options : program.words);
  const shown = found.map((word) => (isOption ? dashed(word) : word)).join(', ');
  return new UsageError(`unknown ${isOption ? 'option' : unknown[1]!} ${shown}`, hint);
}

function dashed(word: string): string {
  return word.length === 1 ? `-${word}` : `--${word}`;
}

/** What the machine ran out of is no bug, wherever it shows; the system's own message names the file. */
const OUT_OF: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOSPC', 'EDQUOT']);

/** Tells what went wrong on stderr and gives the exit code for it. */
async function report(error: unknown, program: Program, context: CommandContext): Promise<ExitCode> {
  const { err, errColors: colors } = context.terminal;
  const say = (text: string, hints: readonly string[] = []): void => {
    err(`${colors.red(program.name)}: ${text}\n${hints.map((hint) => `  ${hint}\n`).join('')}`);
  };
  if (error instanceof UsageError) {
    say(error.message, [...(error.hint === undefined ? [] : [error.hint]), `see ${program.name} --help`]);
    return EXIT.usage;
  }
  if (error instanceof InvalidDocuments) {
    err(await renderProblems(error.problems, colors));
    return EXIT.usage;
  }
  if (error instanceof NotFound) {
    say(error.message, error.suggestions.length === 0 ? [] : [`near: ${error.suggestions.join('  ')}`]);
    return EXIT.failed;
  }
  if (error instanceof AetherError) {
    say(`${error.code}: ${error.message}`);
    return exitCodeOf(error.code);
  }
  if (error instanceof Error && OUT_OF.has(errorCode(error) ?? '')) {
    say(error.message);
    return EXIT.store;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(`internal error, please report it: ${text}`);
  return EXIT.internal;
}
