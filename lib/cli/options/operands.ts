/**
 * Operands after `--`. The parser drops them (yargs #2017), so each is handed over as a plain word that begins with a mark
 * that no argument of a process can contain, and the mark is taken off again before anything reads the word.
 */
const MARK = '\0';

/** A flag that ends the values of an option that takes several words. */
export const END_OF_OPTIONS = MARK;

/** The line in the form that the parser understands. */
export function withMarkedOperands(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  if (end === -1) return args;
  const operands = args.slice(end + 1).map((word) => `${MARK}${word}`);
  return [...args.slice(0, end), `--${END_OF_OPTIONS}`, ...operands];
}

/** Takes the marks off what the parser made of a line. */
export function unmarkOperands(parsed: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(parsed)) {
    parsed[key] = Array.isArray(value) ? value.map(unmarked) : unmarked(value);
  }
}

/** A text of the parser's about the line, as the user typed it. */
export function withoutMarks(text: string): string {
  return text.replaceAll(MARK, '');
}

function unmarked(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : value;
}
