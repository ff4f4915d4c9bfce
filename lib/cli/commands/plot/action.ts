import { isEmpty } from '../../../base/is-empty.js';
import { findRun } from '../../../inspect/index.js';
import type { ChartQuery } from '../../../inspect/chart/index.js';
import { selectRuns } from '../../../inspect/selection/index.js';
import type { OpenFile } from '../../../platform/index.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import type { PlotArguments } from './options.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading, withStore } from '../../open-store.js';
import { openerFor } from '../../output/open-output.js';
import { STDOUT } from '../../output/write-output.js';
import { namedRun, selectingOptions } from '../../selection/one-run.js';
import { orRefused, selectedRuns } from '../../selection/selected-runs.js';
import { withProgress } from '../../store/progress.js';
import { drawingPlace, drawRun } from './draw-run.js';

const CHART = ['x', 'y', 'series', 'facet', 'kind', 'title'] as const;

/**
 * Draws one run over its ticks if the only argument is a run; otherwise the selected runs against each other.
 * With --open the file is opened.
 *
 * @throws UsageError, NotFound, InvalidDocuments, AetherError STORE_*
 */
export async function draw(
  args: PlotArguments,
  context: CommandContext,
  openFile?: OpenFile,
): Promise<ExitCode> {
  const open = openerFor(args, context, openFile);
  const code = await drawn(args, context);
  if (code === EXIT.ok) await open(args.output ?? STDOUT);
  return code;
}

async function drawn(args: PlotArguments, context: CommandContext): Promise<ExitCode> {
  const { selector = [] } = args;
  const isChart = CHART.some((name) => args[name] !== undefined);
  const only = isChart ? undefined : namedRun(args);
  if (only !== undefined && !(await isSweep(only, args, context))) return drawRun(only, args, context);
  if (selector.length === 0 && !isChart && selectingOptions(args).length === 0) {
    throw new UsageError(
      'name a run, or select runs',
      'for example: aether plot --scenario <id> -o sweep.svg',
    );
  }
  if (args.json === true) {
    throw new UsageError(
      '--json prints the points of one run',
      'for values of many runs: aether table --format json',
    );
  }
  return drawMany(args, context);
}

/** True for the id of a scenario with several runs, which is not a run name. */
async function isSweep(
  word: string,
  { store: root }: PlotArguments,
  context: CommandContext,
): Promise<boolean> {
  return withStore(openForReading(root, context), async (store) => {
    const found = await findRun(store, word);
    if (!found.ok || found.value.scenario !== word || found.value.name === word) return false;
    const runs = await selectRuns(store, { selectors: [word] });
    return runs.ok && runs.value.candidates > 1;
  });
}

async function drawMany(args: PlotArguments, context: CommandContext): Promise<ExitCode> {
  const place = drawingPlace({ output: args.output ?? STDOUT, store: args.store, isText: false }, context);
  const { drawChart } = await import('../../../inspect/chart/draw-chart.js');
  return withProgress(openForReading(args.store, context), context, async (store, progress) => {
    const deriving = (name: string): void => {
      progress.say(`observables of ${name}`);
    };
    const runs = await selectedRuns(store, args, { deriving });
    if (await isEmpty(runs)) {
      context.terminal.err('no run is selected\n');
      return EXIT.nothing;
    }
    const drawing = orRefused(await drawChart(runs, chartQuery(args)));
    progress.done();
    await place.write(drawing);
    return EXIT.ok;
  });
}

function chartQuery(args: PlotArguments): ChartQuery {
  const given = CHART.filter((name) => args[name] !== undefined).map((name) => [name, args[name]]);
  return Object.fromEntries(given) as ChartQuery;
}
