import { findRun } from '../../../inspect/find/find-run.js';
import { systemClock } from '../../../platform/clock.js';
import { isFromFuture } from '../../../store/arrival.js';
import type { CommandContext } from '../../command-context.js';
import { foundOr, UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading, withStore } from '../../open-store.js';
import { namedRun } from '../../selection/one-run.js';
import { listedRuns, type ListedRun } from './listed-runs.js';
import { limitNote } from '../../inspect/limit-note.js';
import { runJson, runReport } from '../../inspect/run-report.js';
import { DEFAULT_LIMIT, type RunsArguments } from './options.js';
import { runsTable } from './runs-table.js';

/** Shows one record, or the latest records that pass every filter. */
export async function showRuns(args: RunsArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const filters = (args.filter ?? []).map(parseFilter);
  return withStore(openForReading(args.store, context), async (store) => {
    const only = namedRun(args);
    if (only !== undefined) {
      const run = foundOr(await findRun(store, only));
      terminal.out(
        args.json === true
          ? `${JSON.stringify(runJson(run))}\n`
          : `${runReport(run, false, terminal.outWidth())}\n`,
      );
      return EXIT.ok;
    }
    const limit = args.limit ?? DEFAULT_LIMIT;
    const found = await listedRuns(store, args, {
      passes: (listed) => filters.every((filter) => filter(listed)),
      // One more than shown, to detect further runs.
      limit: limit + 1,
      warn: (message) => {
        terminal.err(`warning: ${message}; left out\n`);
      },
    });
    const runs = found.slice(0, limit);
    if (args.json === true) terminal.out(`${JSON.stringify(runs.map(({ run }) => runJson(run)))}\n`);
    else if (runs.length === 0) terminal.err('no run matches\n');
    else terminal.out(`${runsTable(runs, terminal.outWidth()).join('\n')}\n`);
    for (const { run } of runs.filter((one) => isFromFuture(one.run, systemClock.now()))) {
      terminal.err(`warning: run ${run.id} started in the future, at ${run.started_at}\n`);
    }
    if (found.length > limit) terminal.err(limitNote(limit, 'run'));
    return runs.length === 0 ? EXIT.nothing : EXIT.ok;
  });
}

type Filter = (listed: ListedRun) => boolean;

const FILTERS: Readonly<Record<string, (listed: ListedRun) => string>> = {
  state: ({ run }) => run.state,
  scenario: ({ run }) => run.scenario,
  name: ({ name }) => name,
  gid: ({ run }) => run.gid,
  code: ({ run }) => run.failure?.code ?? '',
};

function parseFilter(text: string): Filter {
  const parts = /^([a-z]+)=(.*)$/s.exec(text);
  if (parts === null) return ({ name }) => name.includes(text);
  const field = FILTERS[parts[1]!];
  if (field === undefined) {
    throw new UsageError(
      `a key of --filter must be one of ${Object.keys(FILTERS).join(', ')}, got ${JSON.stringify(parts[1])}`,
    );
  }
  return (listed) => field(listed) === parts[2];
}
