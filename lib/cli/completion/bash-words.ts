/** A word of a bash command line: its source text and its value. */
interface BashWord {
  readonly raw: string;
  readonly value: string;
  /** The quote that is still open at its end. */
  readonly quote: '' | "'" | '"';
}

/** The words of a command line up to the cursor; the last one may be empty. */
export function bashWords(line: string): readonly BashWord[] {
  const words: BashWord[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t' || line[at] === '\n') at++;
    const word = wordAt(line, at);
    words.push(word);
    at += word.raw.length;
    if (at >= line.length) return words;
  }
}

function wordAt(line: string, start: number): BashWord {
  let value = '';
  let quote: BashWord['quote'] = '';
  let at = start;
  for (; at < line.length; at++) {
    const char = line[at]!;
    const next = line[at + 1];
    if (quote === '' && (char === ' ' || char === '\t' || char === '\n')) break;
    if (char === quote) quote = '';
    else if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === '\\' && next !== undefined && escapes(quote, next)) value += line[++at]!;
    else value += char;
  }
  return { raw: line.slice(start, at), value, quote };
}

function escapes(quote: BashWord['quote'], next: string): boolean {
  return quote === '' || (quote === '"' && '$`"\\'.includes(next));
}

/**
 * The text for bash to insert: only the part in place of `text`, with the quoting of the word. Bash also
 * breaks words at `=`, `:` and after an opening quote, so `text` may be the end of the typed word.
 */
export function bashReply(value: string, word: BashWord, text: string): string {
  const kept = word.raw.endsWith(text) ? word.raw.slice(0, word.raw.length - text.length) : '';
  const { value: before, quote } = wordAt(kept, 0);
  const rest = value.slice(before.length);
  if (quote === "'") return rest.replaceAll("'", "'\\''");
  if (quote === '"') return rest.replace(/[$`"\\]/g, '\\$&');
  return rest.replace(/[^\w@%+=:,./-]/g, '\\$&');
}
