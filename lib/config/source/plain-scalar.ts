/**
 * Value of an unquoted scalar under the YAML 1.2 core schema, decided by its text. A number that is not a
 * safe integer becomes NaN: every integer check refuses it, and its text is kept for the report.
 */
export type PlainScalar =
  { readonly value: null | boolean | string | number } | { readonly value: number; readonly odd: string };

const DECIMAL = /^[-+]?[0-9]+$/;
const RADIX = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const SPECIAL = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const WORDS: ReadonlyMap<string, null | boolean> = new Map([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);

/** Resolves an unquoted scalar; anything that is not null, a boolean or a number is text. */
export function resolvePlain(text: string): PlainScalar {
  if (DECIMAL.test(text) || RADIX.test(text)) return resolveInteger(text);
  const word = WORDS.get(text);
  if (word !== undefined) return { value: word };
  if (FLOAT.test(text) || SPECIAL.test(text)) return { value: NaN, odd: text };
  return { value: text };
}

/** An integer literal: its value if a double represents it exactly. `-0` is 0. */
function resolveInteger(text: string): PlainScalar {
  const value = Number(text);
  return Number.isSafeInteger(value) ? { value: value === 0 ? 0 : value } : { value: NaN, odd: text };
}

const TAG_OF_TYPE: Readonly<Record<string, string>> = { number: '!!int', boolean: '!!bool', string: '!!str' };

/** Value of a scalar with an explicit tag; `fits` is false if the tag is unknown or does not match. */
export function resolveTagged(
  tag: string,
  text: string,
): { readonly scalar: PlainScalar; readonly fits: boolean } {
  if (tag === '!' || tag === '!!str') return { scalar: { value: text }, fits: true };
  const scalar = resolvePlain(text);
  const { value } = scalar;
  const own = 'odd' in scalar ? '!!float' : value === null ? '!!null' : TAG_OF_TYPE[typeof value];
  return { scalar, fits: tag === own };
}
