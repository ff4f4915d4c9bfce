import { REFUSED_KEYS } from './refused-keys.js';
import type { JsonSurvey } from './json-survey.js';

/**
 * The value of a JSON text that needs no report: valid, every key once, every number a safe integer. Undefined for any other,
 * which the careful reader then reads and reports on. The platform's parser is several times faster and leaner than it.
 */
export function plainJson(text: string, survey: JsonSurvey): { readonly value: unknown } | undefined {
  if (survey.isOdd) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return keysOfPlain(value) === survey.keys ? { value } : undefined;
}

/** Pairs of all maps, or -1 as soon as something is not plain. A key given twice makes the count fall short. */
function keysOfPlain(root: unknown): number {
  let count = 0;
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) {
        if (typeof item === 'object' && item !== null) open.push(item);
        else if (typeof item === 'number' && !Number.isSafeInteger(item)) return -1;
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const key in value) {
        if (REFUSED_KEYS.includes(key)) return -1;
        count++;
        const item = (value as Record<string, unknown>)[key];
        if (typeof item === 'object' && item !== null) open.push(item);
        else if (typeof item === 'number' && !Number.isSafeInteger(item)) return -1;
      }
    } else if (typeof value === 'number' && !Number.isSafeInteger(value)) return -1;
  }
  return count;
}
