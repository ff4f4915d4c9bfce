import yargs, { type Argv } from 'yargs';
import { nextTurn } from '../platform/yield-timer.js';
import type { CommandContext } from './command-context.js';
import { packageVersion } from './engine-stamp.js';
import { programShape } from './completion/command-shape.js';
import { completionCommand } from './completion/completion-command.js';
import { EXIT } from './exit-codes.js';
import { endOnSignals } from './interruption.js';
import { PARSER_TEXTS } from './parser-texts.js';
import { processTerminal } from './terminal.js';
import { reportError } from './report-error.js';
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
    context.exit(await reportError(error, program.name, context, typed));
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
  withoutHelpAhead(argv);
  return program.name === 'aether' ? argv.demandCommand(1) : argv;
}

/** Parser internals that its types omit. */
interface ParserInternals {
  readonly getInternalMethods: () => {
    readonly getUsageInstance: () => { cacheHelpMessage: () => void };
  };
}

/**
 * Stops the parser from rendering the help of every command that runs, to have it after a failure: errors have
 * texts of this program.
 */
function withoutHelpAhead(argv: Argv): void {
  const usage = (argv as unknown as ParserInternals).getInternalMethods().getUsageInstance();
  usage.cacheHelpMessage = () => undefined;
}
