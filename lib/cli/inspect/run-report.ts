import { inLine } from '../../base/printable.js';
import { fittedTable, type FittedColumn } from '../../batch/report/fitted-table.js';
import { bytesText, countText, durationText } from '../../base/quantity.js';
import { durationOf, resultOf, type RunRecord } from '../../store/record-types.js';

const COLUMNS: readonly FittedColumn[] = [
  { title: 'artefact', align: 'left' },
  { title: 'records', align: 'right' },
  { title: 'size', align: 'right' },
  { title: 'sha-256', align: 'left', shrinksTo: 12 },
];

/** A run record as text, for a terminal of a width; null if nothing is cut. Without a final newline. */
export function runReport(run: RunRecord, isCached: boolean, width: number | null): string {
  const facts: readonly (readonly [string, string])[] = [
    ['run', run.id],
    ['name', run.name],
    ['state', isCached ? `${run.state} (cached)` : run.state],
    ...(run.failure === null ? [] : [['failure', `${run.failure.code}: ${run.failure.message}`] as const]),
    [
      'ticks',
      `${countText(run.ticks_completed)} of ${countText(run.ticks_total)} in ${durationText(durationOf(run))}`,
    ],
    ['result', resultOf(run) ?? 'none'],
    ['tip', run.loom.tip ?? 'none'],
    ['input key', run.input_key],
  ];
  const labels = Math.max(...facts.map(([label]) => label.length));
  const rows = run.artefacts.map((artefact) => [
    artefact.kind,
    countText(artefact.records),
    bytesText(artefact.size),
    artefact.stored ? artefact.digest : `${artefact.digest} (not stored)`,
  ]);
  const table = rows.length === 0 ? [] : ['', ...fittedTable(COLUMNS, rows, width)];
  return [...facts.map(([label, value]) => `${label.padEnd(labels)}  ${inLine(value)}`), ...table].join('\n');
}

/** A run record as JSON: without a digest if there is no result. */
export function runJson(run: RunRecord): object {
  return { ...run, result_digest: resultOf(run) };
}
