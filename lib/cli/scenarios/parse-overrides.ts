import { parseOverride, type Override } from '../../config/index.js';
import type { Problem } from '../../base/problem.js';
import { InvalidDocuments } from '../command-error.js';

/**
 * Parses every -S of a command line.
 *
 * @throws InvalidDocuments with the problems of all of them
 */
export function parseOverrides(texts: readonly string[]): Override[] {
  const overrides: Override[] = [];
  const problems: Problem[] = [];
  for (const text of texts) {
    const override = parseOverride(text);
    if (override.ok) overrides.push(override.value);
    else problems.push(...override.problems);
  }
  if (problems.length > 0) throw new InvalidDocuments(problems);
  return overrides;
}
