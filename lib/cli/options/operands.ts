/**
 * Operands after `--`. The parser drops them (yargs #2017), so each is passed as a plain word with a prefix
 * that no argument of a process can contain; the prefix is removed before the word is used.
 */
const MARK = '\0';

/** A flag that ends the values of an option with several words. */
export const END_OF_OPTIONS = MARK;

/** The line in a form that the parser handles. */
export function withMarkedOperands(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  if (end === -1) return args;
  const operands = args.slice(end + 1).map((word) => `${MARK}${word}`);
  return [...args.slice(0, end), `--${END_OF_OPTIONS}`, ...operands];
}

/** Removes the prefixes from the parsed line. */
export function unmarkOperands(parsed: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(parsed)) {
    parsed[key] = Array.isArray(value) ? value.map(unmarked) : unmarked(value);
  }
}

/** A message of the parser about the line, as typed by the user. */
export function withoutMarks(text: string): string {
  return text.replaceAll(MARK, '');
}

function unmarked(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : value;
}
