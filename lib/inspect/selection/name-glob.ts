/** A test of whole names. */
export type NameTest = (name: string) => boolean;

/** True for a text that may match several names. */
export function isGlob(text: string): boolean {
  return hasWildcard(text) || /\[[^\]]\]/.test(text);
}

/** True for a pattern that matches texts of more than one form. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/**
 * A glob over run names: `*` any characters, `?` one, `[abc]` one of them. Run names contain brackets, so the
 * pattern also matches with literal brackets: `ring-5[ticks=*]` and `ring-5[[]*` both work.
 */
export function nameGlob(pattern: string): NameTest {
  const tests = [literalBrackets(pattern), withClasses(pattern)].map((tokens) => wildcardTest(tokens));
  return (name) => tests.some((test) => test(name));
}

/** `*` as a text, or the test of one character. */
type Token = '*' | ((character: string) => boolean);

function literalBrackets(pattern: string): Token[] {
  return [...pattern].map(token);
}

function withClasses(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    // A bracket right after the opening one is a member of the class.
    const end = pattern[at] === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (end === -1) tokens.push(token(pattern[at]!));
    else {
      const members = pattern.slice(at + 1, end);
      tokens.push((character) => members.includes(character));
      at = end;
    }
  }
  return tokens;
}

function token(written: string): Token {
  if (written === '*') return '*';
  return written === '?' ? () => true : (character) => character === written;
}

/**
 * Matching never backtracks further than the last star, so its time is bounded by the product of both
 * lengths.
 */
function wildcardTest(tokens: readonly Token[]): NameTest {
  return (name) => {
    let [t, star, from] = [0, -1, 0];
    for (let n = 0; n < name.length;) {
      const expected = tokens[t];
      if (expected === '*') {
        [star, from] = [t, n];
        t++;
      } else if (expected?.(name[n]!) === true) {
        t++;
        n++;
      } else if (star !== -1) {
        t = star + 1;
        n = ++from;
      } else return false;
    }
    while (tokens[t] === '*') t++;
    return t === tokens.length;
  };
}
