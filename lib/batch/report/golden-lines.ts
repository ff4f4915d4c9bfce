import type { Colors } from 'picocolors/types.js';
import type { BatchReport } from './batch-report.js';
import { countText, plural } from './units.js';

type Goldens = NonNullable<BatchReport['goldens']>;

/** Findings shown in full; the rest is counted, and the report has it all. */
const SHOWN_FINDINGS = 50;

/** `10 goldens compared, 1 at odds` */
export function goldensText({ compared, not_judged = 0, findings }: Goldens): string {
  const unjudged = not_judged === 0 ? '' : `, ${countText(not_judged)} not judged`;
  return `${plural(compared, 'golden')} compared, ${countText(findings.length)} at odds${unjudged}`;
}

/** What the goldens of a report say, for people who did not see the batch; empty when none were looked at. */
export function goldenLines(goldens: BatchReport['goldens'], colors: Colors): string[] {
  if (goldens === null) return [];
  const lines = goldens.findings
    .slice(0, SHOWN_FINDINGS)
    .flatMap(({ name, code, lines: facts }) => [
      `${colors.red('FAILED')}  ${name}  ${colors.bold(code)}`,
      ...facts.map((fact) => `        ${fact}`),
    ]);
  const hidden = goldens.findings.length - SHOWN_FINDINGS;
  if (hidden > 0) lines.push(`and ${plural(hidden, 'more finding')}; --json lists them all`);
  const total = goldensText(goldens);
  return [...lines, goldens.ok ? total : colors.red(total)];
}
