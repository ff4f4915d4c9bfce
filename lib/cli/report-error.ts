import { AetherError, errorCode } from '../base/errors.js';
import { inLine, shortText } from '../base/printable.js';
import type { CommandContext } from './command-context.js';
import { Interrupted, InvalidDocuments, NotFound, UsageError } from './command-error.js';
import { EXIT, exitCodeOf, type ExitCode } from './exit-codes.js';
import { renderProblems } from './scenarios/render-problems.js';
import { typedCommand, type Typed } from './usage-error.js';

/** Exhausted resources of the machine are not a bug; the message of the system names the file. */
const OUT_OF: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE', 'ENOSPC', 'EDQUOT']);

/** Prints an error of a command to stderr and returns its exit code. */
export async function reportError(
  error: unknown,
  program: 'aether' | 'aether-batch',
  context: CommandContext,
  typed: Typed,
): Promise<ExitCode> {
  const { err, errColors: colors } = context.terminal;
  const say = (text: string, hints: readonly string[] = []): void => {
    const lines = [`${colors.red(program)}: ${inLine(text)}`, ...hints.map((hint) => `  ${inLine(hint)}`)];
    err(`${lines.join('\n')}\n`);
  };
  if (error instanceof UsageError) {
    const command = typedCommand(typed);
    const help = `see ${`${program} ${command.path}`.trimEnd()} --help`;
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
  err(`${colors.red(program)}: internal error, please report it: ${text}\n`);
  return EXIT.internal;
}
