/** A list of words with one put in, or taken out when it was there. */
export function toggled(words: readonly string[], word: string): readonly string[] {
  return words.includes(word) ? words.filter((one) => one !== word) : [...words, word];
}
