import { type BatchReport } from '../batch-report.js';
import { complaints } from '../complaints.js';
import { WHOLE_BATCH } from '../complaints.js';
import { comparisonHeadline } from '../comparison-rows.js';
import { clipped } from '../table.js';
import { plural } from '../../../base/quantity.js';
import { githubSummary, scenarioLine, summaryFoot, summaryHead } from './github-report.js';
import type { Complaints } from './judged-runs.js';
import { cell } from './markdown-cell.js';
import { byScenario } from './scenario-rows.js';

/** GitHub drops the summary of a step that is larger than 1 MiB, without a visible message. */
const STEP_BYTES = 1_000_000;
/** Maximum size of each of the two lists in a reduced summary. */
const LIST_BYTES = 400_000;
const NAME_LENGTH = 200;
const MESSAGE_LENGTH = 300;

/** Markdown for the step summary: everything, or, if GitHub would drop that, counts of the failures. */
export function githubStepSummary(report: BatchReport): string {
  const whole = githubSummary(report);
  return fits(whole) ? whole : countedSummary(report);
}

/** True if the step summary is complete. */
export function isWhole(report: BatchReport): boolean {
  return fits(githubSummary(report));
}

function fits(summary: string): boolean {
  return Buffer.byteLength(summary) <= STEP_BYTES;
}

function countedSummary(report: BatchReport): string {
  const wrong = complaints(report);
  const rows = [...byScenario(report, wrong)].sort((a, b) => b.failed - a.failed).map(scenarioLine);
  const groups = groupsOf(report, wrong).map(groupLine);
  const lines = [
    ...summaryHead(report, wrong),
    ...within(rows, (hidden) => ['', `and ${plural(hidden, 'more scenario')}.`]),
    '',
    '### What is wrong, by scenario and code',
    '',
    'Every failure would be more than a step summary takes. `report.json` and `summary.md`, which `--output` writes, have',
    'every one.',
    '',
    ...within(groups, (hidden) => [`- and ${plural(hidden, 'more kind')}`]),
    ...(report.comparison === undefined ? [] : ['', cell(comparisonHeadline(report.comparison))]),
    ...summaryFoot(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** Failures with one code in one scenario. */
interface Group {
  readonly scenario: string;
  readonly code: string;
  /** Name and message of the first failure. */
  readonly name: string;
  readonly message: string;
  count: number;
}

/** The largest first. */
function groupsOf({ runs }: BatchReport, wrong: Complaints): Group[] {
  const scenarios = new Map(runs.map(({ name, scenario }) => [name, scenario]));
  const groups = new Map<string, Group>();
  for (const [name, found] of wrong) {
    const scenario = scenarios.get(name) ?? (name === WHOLE_BATCH ? 'batch' : 'goldens');
    for (const { code, message } of found) {
      const key = JSON.stringify([scenario, code]);
      const group = groups.get(key) ?? { scenario, code, name, message, count: 0 };
      group.count++;
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

function groupLine({ scenario, code, name, message, count }: Group): string {
  const first = `**${cell(clipped(name, NAME_LENGTH))}** ${cell(clipped(message, MESSAGE_LENGTH))}`;
  return `- **${cell(scenario)}** \`${code}\` ${plural(count, 'time')}; the first: ${first}`;
}

/** As many lines as fit, and the number of the others. */
function within(lines: readonly string[], more: (hidden: number) => readonly string[]): readonly string[] {
  let bytes = 0;
  const end = lines.findIndex((line) => (bytes += Buffer.byteLength(line) + 1) > LIST_BYTES);
  return end === -1 ? lines : [...lines.slice(0, end), ...more(lines.length - end)];
}
