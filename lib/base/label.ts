/** Form of a label key: one word, so that it needs no quotes in a command, a column or a filter. */
export const LABEL_KEY = '^[a-z0-9][a-z0-9._-]{0,63}$';
export const LABEL_KEY_FORM =
  'at most 64 lower-case letters, digits, dots, underscores and dashes, first a letter or digit';

/** Maximum length of a label value, in characters. */
export const MOST_LABEL_TEXT = 1000;
/** Form of a label value: any non-empty text without NUL. */
export const LABEL_VALUE = `^[^\\u0000]{1,${String(MOST_LABEL_TEXT)}}$`;
export const LABEL_VALUE_FORM = `a text of 1 to ${String(MOST_LABEL_TEXT)} characters`;

/** Labels by key. */
export type Labels = Readonly<Record<string, string>>;

const KEY = new RegExp(LABEL_KEY);
const VALUE = new RegExp(LABEL_VALUE, 's');

export function isLabelKey(text: string): boolean {
  return KEY.test(text);
}

export function isLabelValue(text: string): boolean {
  return VALUE.test(text) && !/\p{Cs}/u.test(text);
}

/** Parses `key=value`; returns the label, or the form expected. */
export function parseLabel(
  text: string,
):
  | { readonly ok: true; readonly key: string; readonly value: string }
  | { readonly ok: false; readonly expected: string } {
  const at = text.indexOf('=');
  const [key, value] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  if (at === -1) return { ok: false, expected: 'key=value' };
  if (!isLabelKey(key)) return { ok: false, expected: `key=value, the key ${LABEL_KEY_FORM}` };
  if (!isLabelValue(value)) return { ok: false, expected: `key=value, the value ${LABEL_VALUE_FORM}` };
  return { ok: true, key, value };
}
