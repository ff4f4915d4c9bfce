import { countText, durationText } from '../../../base/quantity.js';
import { fittedTable, type FittedColumn } from '../../../batch/report/fitted-table.js';
import { durationOf, resultOf } from '../../../store/record-types.js';
import type { ListedRun } from './listed-runs.js';

/** The columns of `aether runs`, each with its text for a run. */
const COLUMNS: readonly (FittedColumn & { readonly cell: (listed: ListedRun) => string })[] = [
  { title: 'run', align: 'left', cell: ({ run }) => run.id },
  { title: 'name', align: 'left', shrinksTo: 24, cell: ({ name }) => name },
  {
    title: 'state',
    align: 'left',
    shrinksTo: 12,
    cell: ({ run }) => (run.failure === null ? run.state : `${run.state} ${run.failure.code}`),
  },
  { title: 'ticks', align: 'right', isOptional: true, cell: ({ run }) => countText(run.ticks_completed) },
  { title: 'time', align: 'right', isOptional: true, cell: ({ run }) => durationText(durationOf(run)) },
  { title: 'result', align: 'left', isOptional: true, cell: ({ run }) => resultOf(run)?.slice(0, 12) ?? '-' },
];

/** Lines in the width of the terminal; without a width nothing is cut. */
export function runsTable(runs: readonly ListedRun[], width: number | null): string[] {
  const rows = runs.map((listed) => COLUMNS.map(({ cell }) => cell(listed)));
  return fittedTable(COLUMNS, rows, width);
}
