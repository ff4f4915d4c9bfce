/**
 * Replacements for texts of the parser that `usageError` rewrites: a code, a blank, and the words of the
 * text. This keeps the messages independent of the parser's wording.
 */
export const PARSER_TEXTS = {
  'Unknown argument: %s': { one: 'unknown %s', other: 'unknown %s' },
  'Unknown command: %s': { one: 'unknown %s', other: 'unknown %s' },
  'Not enough arguments following: %s': 'no-value %s',
  'Not enough non-option arguments: got %s, need at least %s': { one: 'too-few', other: 'too-few' },
} as const;
