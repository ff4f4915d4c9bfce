/** A word as a POSIX shell takes it: quoted unless every character stands for itself. */
export function shellWord(word: string): string {
  return /^[\w.,=/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
