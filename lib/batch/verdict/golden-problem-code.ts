import type { GoldenVerdict } from '../../golden/index.js';

/** The code of a golden that does not agree. */
export function goldenCode(verdict: GoldenVerdict): string {
  if (verdict.verdict === 'missing' && verdict.renamed !== undefined) return 'GOLDEN_RENAMED';
  return `GOLDEN_${verdict.verdict.toUpperCase()}`;
}
