import yargs, { type Argv } from 'yargs';
import { AetherError, errorCode } from '../base/errors.js';
import { inLine, shortText } from '../base/printable.js';
import { nextTurn } from '../platform/yield-timer.js';
import type { CommandContext } from './command-context.js';
import { Interrupted, InvalidDocuments, NotFound, UsageError } from './command-error.js';
import { packageVersion } from './engine-stamp.js';
import { programShape } from './completion/command-shape.js';
import { completionCommand } from './completion/completion-command.js';
import { EXIT, exitCodeOf, type ExitCode } from './exit-codes.js';
import { endOnSignals } from './interruption.js';
import { PARSER_TEXTS } from './parser-texts.js';
import { processTerminal } from './terminal.js';
import { renderProblems } from './scenarios/render-problems.js';
import { checkParsed, checkTyped } from './options/check-line.js';
import type { Command } from './options/declare-command.js';
import { withEarlyFlags } from './options/early-flags.js';
import { withSignedValues } from './options/signed-values.js';
import { END_OF_OPTIONS, unmarkOperands, withMarkedOperands, withoutMarks } from './options/operands.js';
import {
  refuseLoneDash,
  refuseUnknownCommand,
  typedCommand,
  usageError,
  wholeLine,
  type Typed,
} from './usage-error.js';

/** One of the two programs and its commands. */
export interface Program {
  readonly name: 'aether' | 'aether-batch';
  readonly usage: string;
  readonly commands: (context: CommandContext) => readonly Command[];
}

/** Parses the command line, runs the command and sets the exit code of the process. */
export async function runProgram(
  program: Program,
  args: readonly string[],
  context = processContext(),
): Promise<void> {
  endOnSignals();
  const commands = [...program.commands(context), completionCommand(context, program.name)];
  if (args[0] === COMPLETIONS_FLAG) return answerShell(commands, context, args.slice(1));
  const written = withSignedValues(typedCommand({ commands, args }), args);
  const typed: Typed = { commands, args: written };
  try {
    refuseLoneDash(typed);
    refuseUnknownCommand(typed);
    checkTyped(wholeLine(typed), written);
    const words = withMarkedOperands(withEarlyFlags(programShape(commands), written));
    await parser(program, context, typed).parseAsync([...words]);
    // Streams report errors only in the next turn of the event loop.
    await nextTurn();
    const broken = context.terminal.broken();
    if (broken !== undefined) throw broken;
  } catch (error) {
    context.exit(await report(error, program, context, typed));
  }
}

function processContext(): CommandContext {
  return {
    terminal: processTerminal(),
    env: process.env,
    exit: (code) => {
      process.exitCode = code;
    },
  };
}

/** First argument of a call that a completion script makes. */
const COMPLETIONS_FLAG = '--get-completions';

/** Answers a completion script. An error only means that nothing is proposed. */
async function answerShell(
  commands: Typed['commands'],
  context: CommandContext,
  args: readonly string[],
): Promise<void> {
  try {
    const { completionAnswer } = await import('./completion/answer.js');
    context.terminal.data(await completionAnswer(commands, args));
  } catch {
    context.exit(EXIT.failed);
  }
}

function parser(program: Program, context: CommandContext, typed: Typed): Argv {
  const argv = yargs()
    .scriptName(program.name)
    .usage(program.usage)
    .locale('en')
    .updateStrings(PARSER_TEXTS as never)
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .wrap(Math.min(100, Math.max(60, context.terminal.columns())))
    .version(packageVersion())
    .help()
    .alias('help', 'h')
    .strict()
    .option(END_OF_OPTIONS, { type: 'boolean', hidden: true })
    .middleware((parsed) => {
      unmarkOperands(parsed);
      checkParsed(typedCommand(typed), parsed);
    }, true)
    .middleware(async (parsed) => {
      const { applySettings } = await import('./project/apply-settings.js');
      await applySettings(typedCommand(typed), parsed, context.env);
    }, false)
    .exitProcess(false)
    .fail((message: string, error: Error | undefined) => {
      // Errors of option values arrive wrapped in an error of the parser.
      if (error === undefined || error.name === 'YError')
        throw usageError(withoutMarks(error?.message ?? message), typed);
      throw error;
    });
  for (const command of typed.commands) argv.command(command);
  return program.name === 'aether' ? argv.demandCommand(1) : argv;
}

/** Exhausted resources of the machine are not a bug; the message of the system names the file. */
const OUT_OF: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOSPC', 'EDQUOT']);

/** Prints an error to stderr and returns its exit code. */
async function report(
  error: unknown,
  program: Program,
  context: CommandContext,
  typed: Typed,
): Promise<ExitCode> {
  const { err, errColors: colors } = context.terminal;
  const say = (text: string, hints: readonly string[] = []): void => {
    const lines = [
      `${colors.red(program.name)}: ${inLine(text)}`,
      ...hints.map((hint) => `  ${inLine(hint)}`),
    ];
    err(`${lines.join('\n')}\n`);
  };
  if (error instanceof UsageError) {
    const command = typedCommand(typed);
    const help = `see ${`${program.name} ${command.path}`.trimEnd()} --help`;
    say(error.message, error.hint === undefined ? [help] : [error.hint, help]);
    return EXIT.usage;
  }
  if (error instanceof InvalidDocuments) {
    err(await renderProblems(error.problems, colors));
    return EXIT.usage;
  }
  if (error instanceof NotFound) {
    say(
      error.message,
      error.suggestions.length === 0
        ? []
        : [`near: ${error.suggestions.map((name) => shortText(name)).join('  ')}`],
    );
    return EXIT.failed;
  }
  if (error instanceof Interrupted) {
    say(error.message);
    return EXIT.interrupted;
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
  err(`${colors.red(program.name)}: internal error, please report it: ${text}\n`);
  return EXIT.internal;
}
