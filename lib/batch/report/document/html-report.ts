import { type BatchReport, type ReportedRun } from '../batch-report.js';
import { isGood } from '../complaints.js';
import { complaints } from '../complaints.js';
import { verdictOf } from '../../verdict/report-verdict.js';
import { goldensText } from '../verdict-lines.js';
import { bytesText, countText, durationText, plural } from '../../../base/quantity.js';
import { durationChart, KIND, outcomeChart, slowestChart } from './charts.js';
import { HTML_STYLE } from './html-style.js';
import { comparisonHtml } from './comparison-html.js';
import { headline, type Complaints } from './judged-runs.js';
import { sweepHtml, type SweepSection } from './sweep-html.js';
import { byScenario, partOf } from './scenario-rows.js';
import { escaped } from '../../../base/xml-text.js';

/** Maximum rows of the table of runs; report.json has all of them. */
const SHOWN_RUNS = 5000;

/** The batch as one self-contained page: no script, no external style or image. */
export function htmlReport(report: BatchReport, sweeps: readonly SweepSection[] = []): string {
  const wrong = complaints(report);
  const title = `aether-batch ${report.batch}`;
  const body = [
    `<h1 class="${isGood(report) ? 'good' : 'bad'}">${isGood(report) ? 'As expected' : 'Not as expected'}</h1>`,
    `<p>${escaped(headline(report, wrong))}</p>`,
    ...verdictOf(report).reasons.map(
      ({ code, message }) => `<p class="bad">${escaped(`${code}: ${message}`)}</p>`,
    ),
    facts(report),
    section('Outcomes by scenario', outcomeChart(byScenario(report, wrong))),
    section('How long runs took', durationChart(report.runs)),
    section('The slowest runs', slowestChart(report.runs, wrong)),
    ...(wrong.size === 0 ? [] : [section(plural(wrong.size, 'complaint'), complaintList(wrong))]),
    ...(report.comparison === undefined ? [] : [section('Changes', comparisonHtml(report.comparison))]),
    ...sweeps.map((sweep) => section(`Sweep ${sweep.scenario}`, sweepHtml(sweep))),
    section('Runs', runTable(report.runs, wrong)),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${HTML_STYLE}</style></head>
<body><main>
${body.join('\n')}
</main></body></html>
`;
}

function facts(report: BatchReport): string {
  const { batch, plan, metrics, stopped_by, store_error } = report;
  const { goldens, repeats } = verdictOf(report);
  const rows: (readonly [string, string])[] = [
    ['batch', batch],
    ['plan', plan.digest],
    ...(plan.shard === null
      ? []
      : [['shard', `${String(plan.shard.index)} of ${String(plan.shard.count)}`] as const]),
    ['executed', `${plural(metrics.executed, 'run')}, ${plural(metrics.executions, 'execution')}`],
    ['ticks', `${countText(metrics.ticks)}, ${countText(Math.round(metrics.ticks_per_s))} a second`],
    ['artefacts', bytesText(metrics.bytes)],
    ['slots', `${String(metrics.jobs)}, ${String(Math.round(metrics.utilisation * 100))} % busy`],
    [
      'durations',
      `median ${durationText(metrics.duration_ms.p50)}, 95 % ${durationText(metrics.duration_ms.p95)}, longest ${durationText(metrics.duration_ms.max)}`,
    ],
    ['repeats', `${countText(repeats.checked)} compared, ${countText(repeats.disagreed)} disagreed`],
    ['goldens', goldensText(goldens)],
    ...(stopped_by === null ? [] : [['stopped by', stopped_by] as const]),
    ...(store_error === null ? [] : [['store', store_error] as const]),
  ];
  const cells = rows.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`);
  return `<dl>${cells.join('')}</dl>`;
}

function section(title: string, content: string): string {
  return `<section><h2>${escaped(title)}</h2>${content}</section>`;
}

function complaintList(wrong: Complaints): string {
  const items = [...wrong].flatMap(([name, found]) =>
    found.map(({ code, message, details }) => {
      const more = details.length === 0 ? '' : `<pre>${escaped(details.join('\n'))}</pre>`;
      return `<li><b>${escaped(name)}</b> <code>${escaped(code)}</code> ${escaped(message)}${more}</li>`;
    }),
  );
  return `<ul>${items.join('')}</ul>`;
}

function runTable(runs: readonly ReportedRun[], wrong: Complaints): string {
  const rows = runs.slice(0, SHOWN_RUNS).map((run) => {
    const cells = [
      escaped(run.name),
      `<span class="${KIND[partOf(run, wrong)]}">${escaped(wrong.get(run.name)?.[0]?.code ?? run.state)}</span>`,
      `${countText(run.ticks_completed)} / ${countText(run.ticks_total)}`,
      durationText(run.duration_ms),
      `<code>${run.result_digest?.slice(0, 12) ?? ''}</code>`,
      `<code>${escaped(run.run ?? '')}</code>`,
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const hidden = runs.length - rows.length;
  const more = hidden > 0 ? `<p>and ${countText(hidden)} more in report.json</p>` : '';
  const head = ['run', 'state', 'ticks', 'time', 'result', 'record']
    .map((name) => `<th>${name}</th>`)
    .join('');
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return `<div class="wide">${table}</div>${more}`;
}
