import { complaints, isGood, type BatchReport, type Complaint } from '../batch-report.js';
import { goldensText } from '../golden-lines.js';
import { countText, durationText, plural } from '../units.js';
import { headline } from './judged-runs.js';
import { byScenario } from './scenario-rows.js';

/** GitHub shows no more than ten annotations of a kind per step. */
const ANNOTATIONS = 10;

/** Workflow commands that annotate the job; the last one counts what did not fit. */
export function githubAnnotations(report: BatchReport): string {
  const wrong = [...complaints(report)];
  const room = wrong.length > ANNOTATIONS ? ANNOTATIONS - 1 : ANNOTATIONS;
  const lines = wrong.slice(0, room).map(([name, found]) => {
    const text = found
      .flatMap(({ code, message, details }) => [`${code}: ${message}`, ...details])
      .join('\n');
    return `::error title=${property(`${name}: ${found[0]!.code}`)}::${data(text)}`;
  });
  const hidden = wrong.length - room;
  if (hidden > 0)
    lines.push(
      `::error title=aether-batch::${data(`and ${plural(hidden, 'more failure')}; the step summary lists them all`)}`,
    );
  return lines.map((line) => `${line}\n`).join('');
}

/** Markdown for the step summary: everything, however much it is. */
export function githubSummary(report: BatchReport): string {
  const wrong = complaints(report);
  const verdict = isGood(report) ? 'passed' : wrong.size > 0 ? 'failed' : 'incomplete';
  const shard =
    report.plan.shard === null
      ? ''
      : `, shard ${String(report.plan.shard.index)}/${String(report.plan.shard.count)}`;
  const lines = [
    `## aether-batch: ${verdict}${shard}`,
    '',
    headline(report, wrong),
    ...(report.goldens === null ? [] : [`${goldensText(report.goldens)}.`]),
    '',
    '| scenario | runs | done | cached | failed | left | time |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...byScenario(report, wrong).map(
      (row) =>
        `| ${cell(row.scenario)} | ${countText(row.runs)} | ${countText(row.done)} | ${countText(row.cached)} | ${countText(row.failed)} | ${countText(row.left)} | ${durationText(row.duration_ms)} |`,
    ),
    ...(wrong.size === 0
      ? []
      : ['', '### What is wrong', '', ...[...wrong].flatMap(([name, found]) => item(name, found))]),
    '',
    `Plan \`${report.plan.digest.slice(0, 12)}\`, batch \`${report.batch}\`.`,
  ];
  return `${lines.join('\n')}\n`;
}

function item(name: string, found: readonly Complaint[]): string[] {
  return found.map(({ code, message, details }) => {
    const more = details.length === 0 ? '' : `<br>${details.map(cell).join('<br>')}`;
    return `- **${cell(name)}** \`${code}\` ${cell(message)}${more}`;
  });
}

function cell(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[|\\`*_[\]]/g, (character) => `\\${character}`)
    .replace(/\s*\n\s*/g, ' ');
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
