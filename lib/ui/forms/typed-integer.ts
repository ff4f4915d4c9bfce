/** What was typed as a number, if it is a whole one that is exact; otherwise as it was typed. */
export function typedInteger(text: string): number | string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  return /^-?\d+$/.test(trimmed) && Number.isSafeInteger(value) ? value : text;
}
