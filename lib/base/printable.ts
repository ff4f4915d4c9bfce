/**
 * Makes text of documents, stores, file names and errors safe for display: nothing in it moves the cursor,
 * hides or reorders words, ends a line, or is a command to a build service. Such characters become JSON
 * escapes, so that a JSON document keeps its meaning.
 */

/** Control and format characters, line separators, and unpaired surrogates. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Attributes and colours that this program uses. */
const COLOR = /\u001b\[(?:[0-4]|2[1-9]|3[0-79]|9[0-7])m/;
const ACTIVE_OR_COLOR = new RegExp(`(${COLOR.source})|[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]`, 'gu');
const COMMAND = new RegExp(`^((?:\\s|${COLOR.source})*):(?=:)`);

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Escapes a value that is part of a line. */
export function inLine(text: string): string {
  return text.replace(ACTIVE, escape);
}

/** Escapes a line, or a part of it, that may contain our own colours. */
export function inColoredLine(text: string): string {
  return text.replace(ACTIVE_OR_COLOR, (found, color: string | undefined) => color ?? escape(found));
}

/**
 * Escapes finished lines for display: remaining control characters, and commands of build services (`::error`
 * at the start of a line, `##[` anywhere).
 *
 * @param longest maximum characters of a line; longer lines are cut and the rest is counted
 */
export function forPeople(text: string, isColored: boolean, longest = Infinity): string {
  const escaped = isColored ? inColoredLine : inLine;
  return text
    .split('\n')
    .map((line) => {
      const safe = escaped(line).replaceAll('##[', '#\\u0023[').replace(COMMAND, '$1\\u003a');
      return shortText(safe, longest);
    })
    .join('\n');
}

/** A text cut to a length, with the number of omitted characters. */
export function shortText(text: string, longest = 200): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return `${head}… (${String(text.length - head.length)} more characters)`;
}

function escape(character: string): string {
  const named = NAMED[character];
  if (named !== undefined) return named;
  // By UTF-16 unit, as JSON does.
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
