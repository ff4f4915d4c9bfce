import { fittedTable, type FittedColumn } from '../../../batch/report/fitted-table.js';
import { countText } from '../../../base/quantity.js';
import { findBatch, latestBatches } from '../../../inspect/find/find-batch.js';
import type { BatchSummary } from '../../../store/batch-index.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { BatchRecord } from '../../../store/record-types.js';
import type { CommandContext } from '../../command-context.js';
import { foundOr, UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { openForReading, withStore } from '../../open-store.js';
import { batchReportLines } from './batch-record-report.js';
import { limitNote } from '../../inspect/limit-note.js';
import { startedText } from '../../inspect/started-text.js';
import { DEFAULT_LIMIT, type BatchesArguments } from './options.js';

/** Lists the latest batches, or shows one. */
export async function showBatches(args: BatchesArguments, context: CommandContext): Promise<ExitCode> {
  if (args.action === 'show' && args.batch === undefined)
    throw new UsageError('batches show needs a batch id or latest', 'aether batches lists the batches');
  return withStore(openForReading(args.store, context), async (store) => {
    return args.batch === undefined
      ? await listBatches(store, args, context)
      : await showBatch(store, args.batch, { args, context });
  });
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'batch', align: 'left' },
  { title: 'started', align: 'left' },
  { title: 'runs', align: 'right', isOptional: true },
  { title: 'cached', align: 'right', isOptional: true },
  { title: 'verdict', align: 'left', shrinksTo: 12 },
  { title: 'manifests', align: 'left', shrinksTo: 24, isOptional: true },
];

async function listBatches(
  store: ArtefactStore,
  args: BatchesArguments,
  { terminal }: CommandContext,
): Promise<ExitCode> {
  const limit = args.limit ?? DEFAULT_LIMIT;
  const all = await latestBatches(store);
  const batches = all.slice(0, limit);
  if (args.json === true) terminal.out(`${JSON.stringify(batches)}\n`);
  else if (batches.length === 0) terminal.err('no batch is recorded\n');
  else terminal.out(`${fittedTable(COLUMNS, batches.map(row), terminal.outWidth()).join('\n')}\n`);
  if (all.length > limit) terminal.err(limitNote(limit, 'batch', 'batches'));
  return batches.length === 0 ? EXIT.nothing : EXIT.ok;
}

function row(batch: BatchSummary): string[] {
  const { id, states, manifests, shard } = batch;
  const total = Object.values(states).reduce((sum, count) => sum + count, 0);
  return [
    id,
    startedText(batch),
    countText(total),
    countText(states.cached ?? 0),
    verdictText(batch),
    `${manifests.join(' ')}${typeof shard === 'string' ? ` (shard ${shard})` : ''}`,
  ];
}

/** Older versions recorded no verdict; then only the states of the runs are known. */
function verdictText({ verdict, states }: BatchSummary): string {
  if (verdict !== undefined) return verdict.ok ? 'ok' : 'failed';
  const bad = (states.failed ?? 0) + (states.timed_out ?? 0);
  return bad > 0 ? `${countText(bad)} failed, goldens: not recorded` : 'goldens: not recorded';
}

async function showBatch(
  store: ArtefactStore,
  ref: string,
  { args, context }: { readonly args: BatchesArguments; readonly context: CommandContext },
): Promise<ExitCode> {
  const summary = foundOr(await findBatch(store, ref));
  const record: BatchRecord = (await store.batch(summary.id))!;
  const { terminal } = context;
  if (args.json === true) terminal.out(`${JSON.stringify({ ...record, states: summary.states })}\n`);
  else terminal.out(`${batchReportLines(record, summary, terminal.outWidth()).join('\n')}\n`);
  return EXIT.ok;
}
