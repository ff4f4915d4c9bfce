import { inLine } from '../../../base/printable.js';
import { countText, plural } from '../../../base/quantity.js';
import type { SelectedRun } from '../../../inspect/selection/index.js';
import type { ArtefactStore } from '../../../store/port.js';
import { NO_REMARKS, runRemarks, type RunRemarks } from '../../../store/remarks/run-remarks.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForMaintenance, openForReading, withStore } from '../../open-store.js';
import { selectedRuns } from '../../selection/selected-runs.js';
import { addRemark } from '../../remarks/add-remark.js';
import type { Labels } from '../../../base/label.js';
import type { LabelArguments } from './options.js';

export interface LabelWords {
  readonly selectors: readonly string[];
  readonly labels: Labels;
}

/** Maximum of runs shown; --json has all. */
const SHOWN = 50;

/** Labels the selected runs, or shows their labels if no label is given. */
export async function labelRuns(
  args: LabelArguments,
  words: LabelWords,
  context: CommandContext,
): Promise<ExitCode> {
  if (!isNarrow(args, words.selectors)) {
    throw new UsageError(
      'no run is selected',
      'name runs, or select them with --batch, --scenario or --where',
    );
  }
  const changes = { ...words.labels, ...Object.fromEntries((args.remove ?? []).map((key) => [key, null])) };
  const isShown = Object.keys(changes).length === 0;
  const open = isShown ? openForReading : openForMaintenance;
  return withStore(open(args.store, context), async (store) => {
    const runs: SelectedRun[] = [];
    const selection = { ...args, ...(words.selectors.length > 0 && { selector: words.selectors }) };
    for await (const run of await selectedRuns(store, selection)) runs.push(run);
    if (runs.length === 0) {
      context.terminal.err('no run matches\n');
      return EXIT.nothing;
    }
    const ids = runs.map(({ run }) => run.id);
    if (!isShown) await addRemark(store, { runs: ids, labels: changes, by: args.by }, context);
    await show(store, runs, { args, context, isShown });
    return EXIT.ok;
  });
}

function isNarrow(args: LabelArguments, selectors: readonly string[]): boolean {
  const { scenario, batch, manifest, tag, state, since, where } = args;
  return (
    selectors.length > 0 ||
    [scenario, batch, manifest, tag, state, since, where].some((value) => isGiven(value))
  );
}

function isGiven(value: string | readonly string[] | undefined): boolean {
  return value !== undefined && value.length > 0;
}

interface Showing {
  readonly args: LabelArguments;
  readonly context: CommandContext;
  readonly isShown: boolean;
}

async function show(
  store: ArtefactStore,
  runs: readonly SelectedRun[],
  { args, context: { terminal }, isShown }: Showing,
): Promise<void> {
  const remarks = runRemarks(await store.remarks());
  const of = ({ run }: SelectedRun): RunRemarks => remarks.get(run.id) ?? NO_REMARKS;
  if (args.json === true) {
    terminal.out(`${JSON.stringify(runs.map((run) => ({ run: run.run.id, name: run.name, ...of(run) })))}\n`);
    return;
  }
  const lines = runs.slice(0, SHOWN).map((run) => {
    const labels = Object.entries(of(run).labels).map(([key, value]) => `${key}=${value}`);
    return inLine(`${run.run.id}  ${run.name}  ${labels.join('  ')}`.trimEnd());
  });
  if (!isShown) terminal.out(`labelled ${plural(runs.length, 'run')}\n`);
  for (const line of lines) terminal.out(`${line}\n`);
  if (runs.length > SHOWN) terminal.out(`and ${countText(runs.length - SHOWN)} more; --json has all\n`);
}
/** Splits the arguments: a label has its key before the first `=`, a run name has a bracket there. */
