import { inLine } from '../../base/printable.js';
import type { Colors } from 'picocolors/types.js';
import type { GoldenCounts } from '../../store/batch-verdict.js';
import type { BatchReport } from './batch-report.js';
import { plural } from '../../base/quantity.js';
import { goldensText, hasGoldens } from './verdict-lines.js';

/** Maximum of findings shown in full; the rest is counted, and the report has all of them. */
const SHOWN_FINDINGS = 50;

/** Summary of the goldens of a report; empty if none is requested. */
export function goldenLines(goldens: BatchReport['goldens'], counts: GoldenCounts, colors: Colors): string[] {
  const findings = goldens?.findings ?? [];
  const lines = findings
    .slice(0, SHOWN_FINDINGS)
    .flatMap(({ name, code, lines: facts }) => [
      `${colors.red('FAILED')}  ${inLine(name)}  ${colors.bold(code)}`,
      ...facts.map((fact) => `        ${inLine(fact)}`),
    ]);
  const hidden = findings.length - SHOWN_FINDINGS;
  if (hidden > 0) lines.push(`and ${plural(hidden, 'more finding')}; --json lists them all`);
  if (!hasGoldens(counts)) return lines;
  const total = `goldens: ${goldensText(counts)}`;
  return [...lines, counts.issues.every(({ ok }) => ok) ? total : colors.red(total)];
}
