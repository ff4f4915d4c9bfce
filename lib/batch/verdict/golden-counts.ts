import type { GoldenReport, GoldenResult, GoldenVerdict } from '../../golden/index.js';
import type { GoldenCounts, GoldenIssue } from '../../store/batch-verdict.js';

/** Counts of goldens that were not compared. */
const NONE = {
  agree: 0,
  changed: 0,
  missing: 0,
  damaged: 0,
  obsolete: 0,
  not_judged: 0,
  accepted: 0,
  removed: 0,
  issues: [],
} as const satisfies Partial<GoldenCounts>;

/** Goldens whose judgement the caller disabled. `wanted` counts the runs whose manifests request one. */
export function goldensOff(why: string, wanted: number | null): GoldenCounts {
  return { scope: 'off', why, wanted, ...NONE };
}

/** Goldens of a batch whose record does not contain them. */
export const GOLDENS_NOT_RECORDED: GoldenCounts = {
  scope: 'not_recorded',
  why: null,
  wanted: null,
  ...NONE,
};

/** Result of a comparison with goldens: counts, and every golden that does not agree. */
export function goldenCounts(report: GoldenReport): GoldenCounts {
  const { results, not_judged, obsolete, removed } = report;
  const open = results.filter(({ action }) => action !== 'accepted' && action !== 'not_judged');
  const count = (verdict: string): number => open.filter((r) => r.verdict.verdict === verdict).length;
  const overridden = results.filter(({ action }) => action === 'not_judged');
  return {
    scope: 'judged',
    why: null,
    wanted: results.length + not_judged.filter(({ name }) => name !== 'goldens').length,
    agree: count('agrees'),
    changed: count('changed'),
    missing: count('missing'),
    damaged: count('damaged'),
    obsolete: obsolete.length,
    not_judged: not_judged.length + overridden.length,
    accepted: results.filter(({ action }) => action === 'accepted').length,
    removed: removed.length,
    issues: [
      ...open.filter(({ ok }) => !ok).map(openIssue),
      ...obsolete.map(({ name, why }) => ({ name, code: 'GOLDEN_OBSOLETE', ok: false, reason: why })),
      ...not_judged.map(({ name, reason }) => ({ name, code: 'GOLDEN_NOT_JUDGED', ok: false, reason })),
      ...overridden.map(({ name }) => ({ name, code: 'GOLDEN_NOT_JUDGED', ok: true, reason: OVERRIDDEN })),
    ],
  };
}

/** The golden of each compared run, by run name: `agrees`, `accepted`, or the code of its issue. */
export function goldenWords({ results, not_judged }: GoldenReport): ReadonlyMap<string, string> {
  const words = new Map(not_judged.map(({ name }) => [name, 'GOLDEN_NOT_JUDGED']));
  for (const { name, verdict, action } of results) {
    if (action === 'accepted') words.set(name, 'accepted');
    else if (action === 'not_judged') words.set(name, 'GOLDEN_NOT_JUDGED');
    else words.set(name, verdict.verdict === 'agrees' ? 'agrees' : goldenCode(verdict));
  }
  return words;
}

const OVERRIDDEN = '-S gives the run other inputs than those of the golden';

function openIssue({ name, verdict }: GoldenResult): GoldenIssue {
  return {
    name,
    code: goldenCode(verdict),
    ok: false,
    reason: issueText(verdict),
  };
}

const CAUSES = {
  inputs: 'its inputs changed',
  engine: 'it was computed by another engine version',
  behaviour: 'the same inputs and engine version give another result',
} as const;

function issueText(verdict: GoldenResult['verdict']): string {
  switch (verdict.verdict) {
    case 'agrees':
      return 'agrees';
    case 'missing':
      return verdict.renamed?.message ?? 'there is no golden';
    case 'damaged':
      return verdict.message;
    case 'changed': {
      const tick = verdict.difference.first?.tick ?? null;
      const where = tick === null ? '' : `; first difference at tick ${String(tick)}`;
      return `the result differs: ${CAUSES[verdict.cause]}${where}`;
    }
  }
}

/** The code of a golden that does not agree. */
export function goldenCode(verdict: GoldenVerdict): string {
  if (verdict.verdict === 'missing' && verdict.renamed !== undefined) return 'GOLDEN_RENAMED';
  return `GOLDEN_${verdict.verdict.toUpperCase()}`;
}
