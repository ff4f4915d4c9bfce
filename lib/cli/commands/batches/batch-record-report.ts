import { fittedTable, type FittedColumn } from '../../../batch/report/fitted-table.js';
import { countText, durationText } from '../../../base/quantity.js';
import type { BatchSummary } from '../../../store/batch-index.js';
import type { BatchRecord } from '../../../store/record-types.js';
import { factLines } from '../../inspect/facts.js';
import { instantText, startedText } from '../../inspect/started-text.js';

/** Maximum of runs shown in each part; --json has all. */
const SHOWN = 10;

type Outcome = BatchRecord['outcomes'][number];

/** A batch as text: counts, failures, goldens, the slowest runs. */
export function batchReportLines(
  record: BatchRecord,
  { states }: BatchSummary,
  width: number | null,
): string[] {
  const { outcomes, shard, verdict } = record;
  const counts = Object.entries(states).map(
    ([state, count]) => `${countText(count)} ${state.replace('_', ' ')}`,
  );
  const facts: [string, string][] = [
    ['batch', record.id],
    ['started', startedText(record)],
    ['ended', instantText(record.ended_at)],
    ['manifests', record.manifests.join(' ')],
    ...(typeof shard === 'string' ? [['shard', shard] as [string, string]] : []),
    ['runs', `${countText(outcomes.length)}: ${counts.join(', ') || 'none'}`],
    ['verdict', verdict === undefined ? 'not recorded' : verdict.ok ? 'ok' : 'failed'],
    ...(verdict?.reasons ?? []).map(({ message }): [string, string] => ['', message]),
    ['goldens', goldensText(record)],
  ];
  const slowest = outcomes
    .filter(({ duration_ms }) => duration_ms > 0)
    .toSorted((a, b) => b.duration_ms - a.duration_ms);
  return [
    ...factLines(facts),
    ...part('failures', outcomes.filter(isFailure), width),
    ...part('slowest', slowest, width),
    ...part('all runs', outcomes, width),
  ];
}

function goldensText({ verdict }: BatchRecord): string {
  const goldens = verdict?.goldens;
  if (goldens === undefined || goldens.scope === 'not_recorded') return 'not recorded';
  if (goldens.scope === 'off') return `not judged: ${goldens.why ?? 'disabled by the caller'}`;
  const words = [
    'agree',
    'changed',
    'missing',
    'damaged',
    'obsolete',
    'not_judged',
    'accepted',
    'removed',
  ] as const;
  const counts = words.filter((word) => goldens[word] > 0);
  return (
    counts.map((word) => `${countText(goldens[word])} ${word.replace('_', ' ')}`).join(', ') ||
    'none requested'
  );
}

/** Older versions do not record whether a run ended as expected; a fault may have been expected. */
function isFailure({ ok, state }: Outcome): boolean {
  if (ok !== undefined) return !ok && state !== 'not_started';
  return state === 'failed' || state === 'timed_out';
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'name', align: 'left', shrinksTo: 24 },
  { title: 'state', align: 'left' },
  { title: 'time', align: 'right', isOptional: true },
  { title: 'run', align: 'left', isOptional: true },
  { title: 'failure', align: 'left' },
];

function part(title: string, outcomes: readonly Outcome[], width: number | null): string[] {
  if (outcomes.length === 0) return [];
  const rows = outcomes
    .slice(0, SHOWN)
    .map(({ name, state, duration_ms, run, failure }) => [
      name,
      state,
      duration_ms > 0 ? durationText(duration_ms) : '-',
      run ?? '-',
      failure ?? '',
    ]);
  const more = outcomes.length - rows.length;
  const rest = more > 0 ? [`and ${countText(more)} more; --json has all`] : [];
  return ['', title, ...fittedTable(COLUMNS, rows, width).map((line) => line.trimEnd()), ...rest];
}
