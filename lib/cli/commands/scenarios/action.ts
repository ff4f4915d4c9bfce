import { inLine } from '../../../base/printable.js';
import { expandCells } from '../../../batch/expand/expand.js';
import { cellBound } from '../../../config/index.js';
import { fittedTable, type FittedColumn } from '../../../batch/report/fitted-table.js';
import { clipped } from '../../../batch/report/table.js';
import { countText } from '../../../base/quantity.js';
import { MAX_CELLS } from '../../../config/index.js';
import type { ManifestScenario, ScenarioDescription } from '../../../config/index.js';
import type { CommandContext } from '../../command-context.js';
import { InvalidDocuments, NotFound, UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import type { ScenariosArguments } from './options.js';

/** Lists the registry or shows one of its scenarios. */
export async function showScenarios(args: ScenariosArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const { registry } = await loadScenarios(args.manifests ?? [], args);
  if (args.action === undefined) {
    const { scenarios } = registry;
    if (args.json === true)
      terminal.out(`${JSON.stringify(scenarios.map((s) => ({ ...s, runs: runCount(s) })))}\n`);
    else terminal.out(`${listing(scenarios, terminal.outWidth()).join('\n')}\n`);
    return EXIT.ok;
  }
  if (args.id === undefined) throw new UsageError('scenarios show needs a scenario id');
  const described = registry.describe(args.id);
  if (described === undefined)
    throw new NotFound(`there is no scenario ${args.id}`, registry.nearest(args.id));
  const cells = cellNames(described.scenario);
  if (args.json === true) terminal.out(`${JSON.stringify({ ...described, runs: cells })}\n`);
  else terminal.out(`${description(described, cells).join('\n')}\n`);
  if (described.problems.length > 0) throw new InvalidDocuments(described.problems);
  return EXIT.ok;
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'scenario', align: 'left', shrinksTo: 24 },
  { title: 'runs', align: 'right' },
  { title: 'size', align: 'left' },
  { title: 'tags', align: 'left', shrinksTo: 12, isOptional: true },
  { title: 'description', align: 'left', shrinksTo: 24, isOptional: true },
];

function listing(scenarios: readonly ManifestScenario[], width: number | null): string[] {
  const rows = scenarios.map((scenario) => [
    scenario.id,
    countText(runCount(scenario)),
    scenario.runtime_hint ?? '-',
    scenario.tags.join(',') || '-',
    scenario.description || scenario.name,
  ]);
  return fittedTable(COLUMNS, rows, width);
}

function runCount(scenario: ManifestScenario): number {
  if (cellBound(scenario) > MAX_CELLS) return cellBound(scenario);
  let count = 0;
  for (const cell of expandCells(scenario.id, scenario)) count += cell.name === '' ? 0 : 1;
  return count;
}

function cellNames(scenario: ManifestScenario): string[] {
  if (cellBound(scenario) > MAX_CELLS) return [];
  return [...expandCells(scenario.id, scenario)].map((cell) => cell.name);
}

/** Maximum of listed names of a sweep. */
const SHOWN_CELLS = 20;

function description({ scenario, run }: ScenarioDescription, cells: readonly string[]): string[] {
  const expect = scenario.expect === 'completed' ? 'completed' : `fault ${scenario.expect.fault}`;
  const facts: (readonly [string, string])[] = [
    ['scenario', scenario.id],
    ['name', scenario.name],
    ['description', scenario.description || '-'],
    ['pillars', scenario.pillars.join(', ') || '-'],
    ['tags', scenario.tags.join(', ') || '-'],
    ['from', `${scenario.source.file}:${String(scenario.source.line)}`],
    ['expected', expect],
    ['keeps', scenario.retain],
  ];
  if (run !== null) {
    facts.push(
      ['graph', `${run.gid}: ${countText(run.nodes)} nodes, ${countText(run.edges)} edges`],
      [
        'run',
        `${run.run_id}: ${countText(run.ticks)} ticks, ${countText(run.windows)} windows, first ${run.primary_window_id}`,
      ],
      ['profile', `${run.profile}, ${run.accounting}`],
      ['governance', run.governance_mode],
    );
  }
  const lines = facts.map(([label, value]) => `${label.padEnd(11)}  ${inLine(value)}`);
  lines.push('', `${countText(cells.length)} ${cells.length === 1 ? 'run' : 'runs'}:`);
  lines.push(...cells.slice(0, SHOWN_CELLS).map((name) => `  ${clipped(name, 128)}`));
  if (cells.length > SHOWN_CELLS) lines.push(`  and ${countText(cells.length - SHOWN_CELLS)} more`);
  return lines;
}
