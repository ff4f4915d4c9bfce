import type { Value } from '../columns/value.js';
import { listedTable } from '../table/row-streams.js';
import type { Table, TableColumn } from '../table/table.js';
import type { BatchDiff, RunChange } from './batch-diff.js';
import type { SideRun } from './batch-side.js';
import { DIFFERENCE_COLUMNS, differenceValues } from './difference-columns.js';

const HEAD: readonly TableColumn[] = ['run', 'change', 'what', 'speed'].map(textColumn);

/** A comparison of two batches as a table with a row for each run that differs. */
export function batchDiffTable({ runs }: BatchDiff): Table {
  return listedTable(
    [...HEAD, ...DIFFERENCE_COLUMNS, ...sideColumns('before'), ...sideColumns('after')],
    runs.map(rowOf),
  );
}

function rowOf(run: RunChange): readonly Value[] {
  return [
    run.name,
    run.change,
    run.what.length === 0 ? null : run.what.join(' '),
    run.speed,
    ...differenceValues(run),
    ...sideValues(run.a),
    ...sideValues(run.b),
  ];
}

function sideColumns(side: 'before' | 'after'): readonly TableColumn[] {
  return [
    ...['id', 'state', 'failure', 'result_digest'].map((name) => textColumn(`${name}_${side}`)),
    { name: `measured_ms_${side}`, type: 'integer' },
  ];
}

function sideValues(side: SideRun | null): readonly Value[] {
  if (side === null) return [null, null, null, null, null];
  const { run, state, failure, result_digest, measured_ms } = side;
  return [run, state, failure, result_digest, measured_ms === null ? null : Math.round(measured_ms)];
}

function textColumn(name: string): TableColumn {
  return { name, type: 'text' };
}
