import type { CommandShape } from '../completion/command-shape.js';

/**
 * Rewrites `--sort -ticks` to `--sort=-ticks`, for options whose values may start with a dash: the parser
 * would take such a value for an option.
 */
export function withSignedValues({ options }: CommandShape, args: readonly string[]): readonly string[] {
  const signed = new Set(options.filter((option) => option.signed).map(({ name }) => `--${name}`));
  if (signed.size === 0) return args;
  const joined: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const [word, next] = [args[at]!, args[at + 1]];
    if (word === '--') return [...joined, ...args.slice(at)];
    if (signed.has(word) && next !== undefined && /^-[^-]/.test(next)) {
      joined.push(`${word}=${next}`);
      at++;
    } else joined.push(word);
  }
  return joined;
}
