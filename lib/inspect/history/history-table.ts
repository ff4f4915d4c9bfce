import { DIFFERENCE_COLUMNS, differenceValues } from '../batch-diff/difference-columns.js';
import type { Value } from '../columns/value.js';
import { listedTable } from '../table/row-streams.js';
import type { Table, TableColumn } from '../table/table.js';
import type { History, HistoryEntry } from './history.js';

const COLUMNS: readonly TableColumn[] = [
  { name: 'batch', type: 'text' },
  { name: 'started_at', type: 'text' },
  { name: 'engines', type: 'text' },
  { name: 'runs', type: 'integer' },
  { name: 'executed', type: 'integer' },
  { name: 'cached', type: 'integer' },
  { name: 'bad', type: 'integer' },
  { name: 'result', type: 'text' },
  { name: 'result_digest', type: 'text' },
  { name: 'golden', type: 'text' },
  { name: 'measured_ms', type: 'integer' },
  { name: 'speed', type: 'text' },
  { name: 'changed_runs', type: 'integer' },
  { name: 'other_inputs', type: 'integer' },
  { name: 'first_changed_run', type: 'text' },
  ...DIFFERENCE_COLUMNS,
];

/**
 * A history as a table with a row for each batch; of the changes of a batch the first one is shown, and their
 * number.
 */
export function historyTable({ entries }: History): Table {
  return listedTable(COLUMNS, entries.map(rowOf));
}

function rowOf(entry: HistoryEntry): readonly Value[] {
  const { measured_ms, changes } = entry;
  const [change] = changes;
  return [
    entry.batch,
    entry.started_at,
    entry.engines.length === 0 ? null : entry.engines.join(' '),
    entry.runs,
    entry.executed,
    entry.cached,
    entry.bad,
    entry.result,
    entry.result_digest,
    entry.golden,
    measured_ms === null ? null : Math.round(measured_ms),
    entry.speed,
    changes.length,
    entry.other_inputs.length,
    change?.name ?? null,
    ...differenceValues(change ?? { cause: null, first: null, unknown: null }),
  ];
}
