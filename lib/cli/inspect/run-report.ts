import { inLine } from '../../base/printable.js';
import { tableLines, type Column } from '../../batch/report/table.js';
import { bytesText, countText, durationText } from '../../batch/report/units.js';
import { durationOf, resultOf, type RunRecord } from '../../store/records.js';

const COLUMNS: readonly Column[] = [
  { title: 'artefact', align: 'left' },
  { title: 'records', align: 'right' },
  { title: 'size', align: 'right' },
  { title: 'sha-256', align: 'left' },
];

/** A run record for people; without a final newline. */
export function runReport(run: RunRecord, isCached: boolean): string {
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
  const width = Math.max(...facts.map(([label]) => label.length));
  const rows = run.artefacts.map((artefact) => [
    artefact.kind,
    countText(artefact.records),
    bytesText(artefact.size),
    artefact.stored ? artefact.digest : `${artefact.digest} (not stored)`,
  ]);
  const table = rows.length === 0 ? [] : ['', ...tableLines(COLUMNS, rows)];
  return [...facts.map(([label, value]) => `${label.padEnd(width)}  ${inLine(value)}`), ...table].join('\n');
}

/** A run record for programs: no digest where there is no result. */
export function runJson(run: RunRecord): object {
  return { ...run, result_digest: resultOf(run) };
}
