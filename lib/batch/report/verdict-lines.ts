import type { Colors } from 'picocolors/types.js';
import { renamedCount, type BatchVerdict, type GoldenCounts } from '../../store/batch-verdict.js';
import { countText, plural } from '../../base/quantity.js';

/** `2 runs agree, 1 changed, 3 not judged`, or why there are no counts. */
export function goldensText(goldens: GoldenCounts): string {
  const { scope, why, wanted, agree, issues } = goldens;
  if (scope === 'not_recorded') return 'not recorded';
  if (scope === 'off') {
    const asked = wanted === null || wanted === 0 ? '' : `; ${askingText(wanted)}`;
    return `not judged (${why ?? 'not recorded'})${asked}`;
  }
  const overridden = issues.filter(({ code, ok }) => code === 'GOLDEN_NOT_JUDGED' && ok).length;
  const renamed = renamedCount(goldens);
  const parts = [
    [goldens.changed, 'changed'],
    [goldens.missing - renamed, 'missing'],
    [renamed, 'renamed'],
    [goldens.damaged, 'damaged'],
    [goldens.obsolete, 'obsolete'],
    [goldens.accepted, 'accepted'],
    [goldens.removed, 'removed'],
    [goldens.not_judged - overridden, 'not judged'],
    [overridden, 'not judged because -S changes the inputs'],
  ] as const;
  const others = parts.filter(([count]) => count > 0).map(([count, word]) => `${countText(count)} ${word}`);
  return [plural(agree, 'run agrees', 'runs agree'), ...others].join(', ');
}

function askingText(wanted: number): string {
  return plural(wanted, 'run asks for one', 'runs ask for one');
}

/** True if there is something to report: goldens were judged, or requested. */
export function hasGoldens({ scope, wanted, obsolete, removed, issues }: GoldenCounts): boolean {
  if (scope === 'not_recorded') return true;
  return wanted === null || wanted > 0 || obsolete + removed + issues.length > 0;
}

/** `verdict: ok`, or the reasons, one per line. */
export function verdictLines({ ok, reasons }: BatchVerdict, colors: Colors): string[] {
  if (ok) return [colors.green('verdict: ok')];
  return [
    colors.red('verdict: not ok'),
    ...reasons.map(({ code, message }) => `  ${colors.bold(code)}: ${message}`),
  ];
}
