import { shardText } from '../../plan/shard.js';
import { type BatchReport } from '../batch-report.js';
import { isGood } from '../complaints.js';
import { complaints } from '../complaints.js';
import { WHOLE_BATCH } from '../complaints.js';
import { type Complaint } from '../complaints.js';
import { verdictOf } from '../../verdict/report-verdict.js';
import { goldensText, hasGoldens } from '../verdict-lines.js';
import { countText, durationText } from '../../../base/quantity.js';
import { comparisonMarkdown } from './comparison-markdown.js';
import { headline, type Complaints } from './judged-runs.js';
import { cell } from './markdown-cell.js';
import { byScenario, type ScenarioRow } from './scenario-rows.js';

/** Markdown of a batch, without limits. */
export function githubSummary(report: BatchReport): string {
  const wrong = complaints(report);
  const lines = [
    ...summaryHead(report, wrong),
    ...byScenario(report, wrong).map(scenarioLine),
    ...(wrong.size === 0
      ? []
      : ['', '### What is wrong', '', ...[...wrong].flatMap(([name, found]) => item(name, found))]),
    ...(report.comparison === undefined ? [] : ['', ...comparisonMarkdown(report.comparison)]),
    ...summaryFoot(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** From the verdict to the head of the table of scenarios. */
export function summaryHead(report: BatchReport, wrong: Complaints): string[] {
  const { plan } = report;
  const { goldens, reasons } = verdictOf(report);
  const verdict = isGood(report) ? 'passed' : isOnlyIncomplete(wrong) ? 'incomplete' : 'failed';
  const shard = plan.shard === null ? '' : `, shard ${shardText(plan.shard)}`;
  return [
    `## aether-batch: ${verdict}${shard}`,
    '',
    headline(report, wrong),
    ...(hasGoldens(goldens) ? [`Goldens: ${goldensText(goldens)}.`] : []),
    ...reasons.map(({ code, message }) => `\n\`${code}\` ${cell(message)}.`),
    '',
    '| scenario | runs | done | cached | failed | left | time |',
    '|---|--:|--:|--:|--:|--:|--:|',
  ];
}

/** True if the only failure is that runs are left. */
function isOnlyIncomplete(wrong: Complaints): boolean {
  const codes = wrong.get(WHOLE_BATCH)?.map(({ code }) => code) ?? [];
  return wrong.size === 1 && codes.length > 0 && codes.every((code) => INCOMPLETE.has(code));
}

const INCOMPLETE: ReadonlySet<string> = new Set(['BATCH_STOPPED', 'RUNS_LEFT']);

/** A scenario's row of the table. */
export function scenarioLine(row: ScenarioRow): string {
  const counts = [row.runs, row.done, row.cached, row.failed, row.left].map(countText);
  return `| ${cell(row.scenario)} | ${counts.join(' | ')} | ${durationText(row.duration_ms)} |`;
}

export function summaryFoot({ plan, batch }: BatchReport): string[] {
  return ['', `Plan \`${plan.digest.slice(0, 12)}\`, batch \`${batch}\`.`];
}

function item(name: string, found: readonly Complaint[]): string[] {
  return found.map(({ code, message, details }) => {
    const more = details.length === 0 ? '' : `<br>${details.map(cell).join('<br>')}`;
    return `- **${cell(name)}** \`${code}\` ${cell(message)}${more}`;
  });
}
