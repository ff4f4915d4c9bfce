import { shardText } from '../../plan/shard.js';
import { complaints, isGood, type BatchReport, type Complaint } from '../batch-report.js';
import { goldensText } from '../golden-lines.js';
import { countText, durationText } from '../units.js';
import { headline, type Complaints } from './judged-runs.js';
import { byScenario, type ScenarioRow } from './scenario-rows.js';

/** Markdown of a batch: everything, however much it is. */
export function githubSummary(report: BatchReport): string {
  const wrong = complaints(report);
  const lines = [
    ...summaryHead(report, wrong),
    ...byScenario(report, wrong).map(scenarioLine),
    ...(wrong.size === 0
      ? []
      : ['', '### What is wrong', '', ...[...wrong].flatMap(([name, found]) => item(name, found))]),
    ...summaryFoot(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** From the verdict to the head of the table of scenarios. */
export function summaryHead(report: BatchReport, wrong: Complaints): string[] {
  const { plan, goldens } = report;
  const verdict = isGood(report) ? 'passed' : wrong.size > 0 ? 'failed' : 'incomplete';
  const shard = plan.shard === null ? '' : `, shard ${shardText(plan.shard)}`;
  return [
    `## aether-batch: ${verdict}${shard}`,
    '',
    headline(report, wrong),
    ...(goldens === null ? [] : [`${goldensText(goldens)}.`]),
    '',
    '| scenario | runs | done | cached | failed | left | time |',
    '|---|--:|--:|--:|--:|--:|--:|',
  ];
}

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

/** Text in one line that Markdown does not take for its own. */
export function cell(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[|\\`*_[\]]/g, (character) => `\\${character}`)
    .replace(/\s*\n\s*/g, ' ');
}
