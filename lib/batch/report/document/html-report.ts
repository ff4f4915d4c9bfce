import type { BatchReport, ReportedRun } from '../batch-report.js';
import { isGood, complaints } from '../complaints.js';
import { verdictOf } from '../../verdict/report-verdict.js';
import { goldensText } from '../verdict-lines.js';
import { bytesText, countText, durationText, plural } from '../../../base/quantity.js';
import { durationChart, KIND, outcomeChart, slowestChart } from './charts.js';
import { headline, type Complaints } from './judged-runs.js';
import { sweepHtml, type SweepSection } from './sweep-html.js';
import { byScenario, partOf } from './scenario-rows.js';
import { escaped } from '../../../base/xml-text.js';
import type { BatchDiff } from '../../../inspect/batch-diff/index.js';
import { comparisonHeadline, comparisonRows, engineLines, type ComparisonRow } from '../comparison-rows.js';

/** Maximum rows of the table of runs; report.json has all of them. */
const SHOWN_RUNS = 5000;
/** The same of the table of changes. */
const SHOWN_CHANGES = 2000;

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
  const rows = runs
    .slice(0, SHOWN_RUNS)
    .map((run) => [
      escaped(run.name),
      `<span class="${KIND[partOf(run, wrong)]}">${escaped(wrong.get(run.name)?.[0]?.code ?? run.state)}</span>`,
      `${countText(run.ticks_completed)} / ${countText(run.ticks_total)}`,
      durationText(run.duration_ms),
      `<code>${run.result_digest?.slice(0, 12) ?? ''}</code>`,
      `<code>${escaped(run.run ?? '')}</code>`,
    ]);
  return wideTable(['run', 'state', 'ticks', 'time', 'result', 'record'], rows, runs.length);
}

/** A table that scrolls, of cells in HTML, and the number of rows that it leaves out. */
function wideTable(titles: readonly string[], rows: readonly (readonly string[])[], total: number): string {
  const head = titles.map((title) => `<th>${title}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  const hidden = total - rows.length;
  const more = hidden > 0 ? `<p>and ${countText(hidden)} more in report.json</p>` : '';
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
  return `<div class="wide">${table}</div>${more}`;
}

/** A comparison as the content of a section. */
function comparisonHtml(diff: BatchDiff): string {
  const rows = comparisonRows(diff);
  const shown = rows.slice(0, SHOWN_CHANGES).map(changeCells);
  const table = wideTable(['run', 'change', 'difference', 'cause', 'time'], shown, rows.length);
  return [
    `<p>Compared with batch <code>${escaped(diff.a.batch)}</code>: ${escaped(comparisonHeadline(diff))}</p>`,
    ...engineLines(diff).map((line) => `<p>${escaped(line)}</p>`),
    ...(rows.length === 0 ? [] : [table]),
  ].join('');
}

const CHANGE_KIND: Readonly<Record<string, string>> = { changed: 'bad', gone: 'left', slower: 'left' };

function changeCells({ name, change, difference, causes, time }: ComparisonRow): readonly string[] {
  return [
    escaped(name),
    `<span class="${CHANGE_KIND[change] ?? 'cached'}">${escaped(change)}</span>`,
    escaped(difference),
    causes.map(escaped).join('<br>'),
    escaped(time),
  ];
}

/** Light and dark, without external resources. */
const HTML_STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--dim:#667;--paper:#fff;--line:#d8dee4;--good:#1a7f37;--bad:#cf222e;--cached:#6e7781;--left:#9a6700;--plain:#0969da}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9aa4ae;--paper:#0d1117;--line:#30363d;--good:#3fb950;--bad:#f85149;--cached:#8b949e;--left:#d29922;--plain:#4493f8}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}td:first-child{overflow-wrap:anywhere;min-width:9rem}td:not(:first-child){white-space:nowrap}th{color:var(--dim);font-weight:600}
code,pre{font:13px ui-monospace,monospace}pre{margin:.2rem 0;white-space:pre-wrap;color:var(--dim)}
.good{color:var(--good)}.bad{color:var(--bad)}.cached{color:var(--cached)}.left{color:var(--left)}
ul.bars,ul.legend{list-style:none;margin:0;padding:0;font-size:13px;font-variant-numeric:tabular-nums}
.bars li{display:grid;grid-template-columns:22rem 1fr 5rem;gap:0 .6rem;align-items:center;padding:.1rem 0}.bars .name{text-align:right;overflow-wrap:anywhere}.bars svg{width:100%;height:18px}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin-bottom:.5rem}.key{width:.8em;height:.8em;margin-right:.4em}.key rect{width:100%;height:100%}
rect.good{fill:var(--good)}rect.bad{fill:var(--bad)}rect.cached{fill:var(--cached)}rect.left{fill:var(--left)}rect.plain{fill:var(--plain)}
.wide{overflow-x:auto}.drawing{max-width:100%;height:auto}li,pre{overflow-wrap:anywhere}
@media(max-width:40rem){.bars li{grid-template-columns:1fr 5rem}.bars .name{grid-column:1/-1;text-align:left}dl{grid-template-columns:1fr}dt{margin-top:.3rem}}
`.trim();
