import { AetherError } from '../../base/errors.js';
import { fittedTable, type FittedColumn } from '../../batch/report/fitted-table.js';
import { countText, durationText } from '../../batch/report/units.js';
import { findRun } from '../../inspect/find-run.js';
import { systemClock } from '../../platform/clock.js';
import { inArrivalOrder, isFromFuture } from '../../store/arrival.js';
import type { ArtefactStore } from '../../store/port.js';
import { durationOf, resultOf, type RunRecord } from '../../store/records.js';
import { listRuns } from '../../store/run-index.js';
import type { CommandContext } from '../command-context.js';
import { foundOr, UsageError } from '../command-error.js';
import type { RunsArguments } from '../commands/runs.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { openForReading } from '../open-store.js';
import { limitNote } from './limit-note.js';
import { runJson, runReport } from './run-report.js';

const DEFAULT_LIMIT = 20;

/** Shows one record, or the latest records that pass every filter. */
export async function showRuns(args: RunsArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const filters = (args.filter ?? []).map(parseFilter);
  const store = await openForReading(args.store, context);
  try {
    if (args.run !== undefined) {
      const run = foundOr(await findRun(store, args.run));
      terminal.out(
        args.json === true
          ? `${JSON.stringify(runJson(run))}\n`
          : `${runReport(run, false, terminal.outWidth())}\n`,
      );
      return EXIT.ok;
    }
    const limit = args.limit ?? DEFAULT_LIMIT;
    const found = await latestRuns(store, {
      passes: (run) => filters.every((filter) => filter(run)),
      // One more than is shown tells whether there are more.
      limit: limit + 1,
      warn: (message) => {
        terminal.err(`warning: ${message}; left out\n`);
      },
    });
    const runs = found.slice(0, limit);
    if (args.json === true) terminal.out(`${JSON.stringify(runs.map(runJson))}\n`);
    else if (runs.length === 0) terminal.err('no run matches\n');
    else terminal.out(`${listing(runs, terminal.outWidth()).join('\n')}\n`);
    for (const run of runs.filter((one) => isFromFuture(one, systemClock.now()))) {
      terminal.err(`warning: run ${run.id} started in the future, at ${run.started_at}\n`);
    }
    if (found.length > limit) terminal.err(limitNote(limit, 'run'));
    return runs.length === 0 ? EXIT.nothing : EXIT.ok;
  } finally {
    await store.close();
  }
}

type Filter = (run: RunRecord) => boolean;

const FILTERS: Readonly<Record<string, (run: RunRecord) => string>> = {
  state: (run) => run.state,
  scenario: (run) => run.scenario,
  name: (run) => run.name,
  gid: (run) => run.gid,
  code: (run) => run.failure?.code ?? '',
};

function parseFilter(text: string): Filter {
  const parts = /^([a-z]+)=(.*)$/s.exec(text);
  if (parts === null) return (run) => run.name.includes(text);
  const field = FILTERS[parts[1]!];
  if (field === undefined) {
    throw new UsageError(
      `--filter knows ${Object.keys(FILTERS).join(', ')}, not ${JSON.stringify(parts[1])}`,
    );
  }
  return (run) => field(run) === parts[2];
}

interface Wanted {
  readonly passes: Filter;
  readonly limit: number;
  /** Told of each damaged record. */
  readonly warn: (message: string) => void;
}

async function latestRuns(store: ArtefactStore, { passes, limit, warn }: Wanted): Promise<RunRecord[]> {
  const runs: RunRecord[] = [];
  for (const id of await latestFirst(store)) {
    if (runs.length >= limit) break;
    try {
      const run = await store.run(id);
      if (run !== undefined && passes(run)) runs.push(run);
    } catch (error) {
      if (!(error instanceof AetherError) || error.code !== 'STORE_RECORD_CORRUPT') throw error;
      warn(error.message);
    }
  }
  return runs;
}

/** Ids of all runs, also of damaged ones, which come first and are warned of. */
async function latestFirst(store: ArtefactStore): Promise<readonly string[]> {
  const readable = [...inArrivalOrder(await listRuns(store))].reverse().map(({ id }) => id);
  const known = new Set(readable);
  return [...(await store.runIds()).filter((id) => !known.has(id)), ...readable];
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'run', align: 'left' },
  { title: 'name', align: 'left', shrinksTo: 24 },
  { title: 'state', align: 'left', shrinksTo: 12 },
  { title: 'ticks', align: 'right', isOptional: true },
  { title: 'time', align: 'right', isOptional: true },
  { title: 'result', align: 'left', isOptional: true },
];

/** On a terminal as wide as it is; elsewhere nothing is cut. */
function listing(runs: readonly RunRecord[], width: number | null): string[] {
  const rows = runs.map((run) => [
    run.id,
    run.name,
    run.failure === null ? run.state : `${run.state} ${run.failure.code}`,
    countText(run.ticks_completed),
    durationText(durationOf(run)),
    resultOf(run)?.slice(0, 12) ?? '-',
  ]);
  return fittedTable(COLUMNS, rows, width);
}
