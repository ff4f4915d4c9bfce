/** The typed text as a number, if it is an exact integer; otherwise the text. */
export function typedInteger(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return /^-?\d+$/.test(trimmed) && Number.isSafeInteger(value) ? value : text;
}
