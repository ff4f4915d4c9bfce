import { AetherError } from '../../../base/errors.js';
import type { BatchReport } from '../../../batch/report/batch-report.js';
import type { SweepSection } from '../../../batch/report/document/sweep-html.js';
import { drawChart } from '../../../inspect/chart/index.js';
import { axisName } from '../../../inspect/columns/column-registry.js';
import { runCatalogue, selectFrom, type SelectedRuns } from '../../../inspect/selection/index.js';
import { openTable } from '../../../inspect/table/index.js';
import { varyingAxes } from '../../../inspect/table/varying-axes.js';
import type { ArtefactStore } from '../../../store/port.js';

/** Maximum of sections in a report; for more, use `aether table` and `aether plot`. */
const MOST_SWEEPS = 20;
/** Maximum rows of one section. */
const SHOWN_ROWS = 50;

const RESULTS = ['state', 'press_bits', 'settled_at', 'sum_u', 'max_u'];

/**
 * A section for each scenario with several runs in the batch, read from the store. If runs cannot be read,
 * the report has no sections, and `warn` is called with the reason.
 */
export async function sweepSections(
  store: ArtefactStore,
  report: BatchReport,
  warn: (message: string) => void,
): Promise<readonly SweepSection[]> {
  const counts = new Map<string, number>();
  for (const { scenario, run } of report.runs) {
    if (run !== null) counts.set(scenario, (counts.get(scenario) ?? 0) + 1);
  }
  const sweeps = [...counts].filter(([, count]) => count > 1).map(([scenario]) => scenario);
  if (sweeps.length === 0) return [];
  try {
    const catalogue = await runCatalogue(store);
    const sections: SweepSection[] = [];
    for (const scenario of sweeps.sort().slice(0, MOST_SWEEPS)) {
      const runs = await selectFrom(catalogue, { batch: report.batch, scenarios: [scenario] });
      if (runs.ok) sections.push(await sectionOf(scenario, runs.value));
    }
    return sections;
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    warn(`the report has no sweep sections: ${error.code}: ${error.message}`);
    return [];
  }
}

async function sectionOf(scenario: string, runs: SelectedRuns): Promise<SweepSection> {
  const axes = (await varyingAxes(runs)).map(axisName);
  const table = await openTable(runs, { columns: [...axes, ...RESULTS], sort: axes, limit: SHOWN_ROWS });
  const drawing = await drawChart(runs, { title: scenario });
  const rows: (readonly string[])[] = [];
  if (table.ok) {
    for await (const row of table.value.rows()) rows.push(row.map((value) => String(value ?? '-')));
  }
  return {
    scenario,
    drawing: drawing.ok ? drawing.value : null,
    columns: table.ok ? table.value.columns.map(({ name }) => name) : [],
    rows,
    total: runs.candidates,
  };
}
