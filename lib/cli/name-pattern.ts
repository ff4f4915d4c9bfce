import { shortText } from '../base/printable.js';
import type { NamePattern } from '../batch/expand/select.js';
import { UsageError } from './command-error.js';

const LONGEST = 1000;

/**
 * A pattern for run names: a regular expression, or a name or a part of one in literal form, including
 * brackets. Matching takes time linear in the name; patterns for which that is impossible (lookaround,
 * backreferences) are refused. The library is loaded only if there is a pattern.
 *
 * @param option the option of the pattern
 * @throws UsageError with the position of the error
 */
export async function namePattern(option: string, text: string): Promise<NamePattern> {
  if (text.length > LONGEST) {
    throw new UsageError(
      `${option} must have at most ${String(LONGEST)} characters, got ${String(text.length)}`,
    );
  }
  const { RE2JS, RE2JSSyntaxException } = await import('re2js');
  try {
    const expression = RE2JS.compile(RE2JS.translateRegExp(text));
    const literal = literalPattern(text);
    return { test: (name) => expression.matcher(name).find() || literal(name) };
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) throw syntaxError(option, text, error);
    throw error;
  }
}

/** The pattern as a literal text; `^` and `$` at its ends keep their meaning. */
function literalPattern(text: string): (name: string) => boolean {
  const isStart = text.startsWith('^');
  const isEnd = text.endsWith('$') && text.length > 1;
  const name = text.slice(isStart ? 1 : 0, isEnd ? -1 : undefined);
  if (isStart && isEnd) return (other) => other === name;
  if (isStart) return (other) => other.startsWith(name);
  return (other) => (isEnd ? other.endsWith(name) : other.includes(name));
}

interface SyntaxProblem {
  getDescription(): string;
  /** The invalid part of the pattern. */
  getPattern(): string | null;
}

function syntaxError(option: string, text: string, error: SyntaxProblem): UsageError {
  const part = error.getPattern() ?? '';
  const at = part === '' ? -1 : text.indexOf(part);
  const where = at === -1 ? '' : ` at position ${String(at + 1)}`;
  const message = `${option}: ${error.getDescription()}${where}: ${JSON.stringify(shortText(part, 60))}`;
  const isUnsupported = /^\(\?|^\\[1-9k]/.test(part);
  return new UsageError(
    message,
    isUnsupported
      ? 'lookahead, lookbehind and backreferences are not supported: matching takes linear time'
      : 'escape a literal character with \\',
  );
}
