import type { GoldenCounts, GoldenIssue } from '../../store/batch-verdict.js';

/** The goldens of one part of a plan. */
export interface GoldenPart {
  /** `shard 1/3`. */
  readonly part: string;
  readonly goldens: GoldenCounts;
}

/**
 * The goldens of a whole plan from those of its parts. A part whose goldens were not judged fails the whole
 * if any golden of the plan is known to be requested: by its own manifests, or because another part judged
 * some.
 */
export function mergedGoldens(parts: readonly GoldenPart[]): GoldenCounts {
  const judged = parts.filter(({ goldens }) => goldens.scope === 'judged');
  const isAnyJudged = judged.length > 0;
  const unjudged = parts.filter(({ goldens }) => goldens.scope !== 'judged');
  const skipped = unjudged.filter(({ goldens }) => isAnyJudged || (goldens.wanted ?? 0) > 0).map(skippedPart);
  const issues = distinct([...parts.flatMap(({ goldens }) => goldens.issues), ...skipped]);
  const sum = (of: (counts: GoldenCounts) => number): number =>
    parts.reduce((total, { goldens }) => total + of(goldens), 0);
  const { goldens: first } = unjudged[0] ?? parts[0]!;
  return {
    scope: isAnyJudged ? 'judged' : first.scope,
    why: isAnyJudged ? null : first.why,
    wanted: parts.some(({ goldens }) => goldens.wanted === null) ? null : sum(({ wanted }) => wanted ?? 0),
    agree: sum((g) => g.agree),
    changed: sum((g) => g.changed),
    missing: sum((g) => g.missing),
    damaged: sum((g) => g.damaged),
    // Each part reports every obsolete golden; the plan has it once.
    obsolete: issues.filter(({ code }) => code === 'GOLDEN_OBSOLETE').length,
    not_judged: sum((g) => g.not_judged + (g.scope === 'judged' ? 0 : (g.wanted ?? 0))),
    accepted: sum((g) => g.accepted),
    removed: sum((g) => g.removed),
    issues,
  };
}

function skippedPart({ part, goldens: { why, wanted } }: GoldenPart): GoldenIssue {
  const asked = wanted === null ? '' : `; ${String(wanted)} of its runs ask for a golden`;
  const reason = `its goldens were not judged (${why ?? 'not recorded'})${asked}`;
  return { name: part, code: 'GOLDEN_NOT_JUDGED', ok: false, reason };
}

function distinct(issues: readonly GoldenIssue[]): GoldenIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify([issue.name, issue.code]), issue])).values()];
}
