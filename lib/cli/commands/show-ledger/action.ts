import { inLine } from '../../../base/printable.js';
import { fittedRow, type FittedColumn } from '../../../batch/report/fitted-table.js';
import type { ULedgerEntry } from '../../../engine/uledger/records.js';
import { describeNotFound, notFound } from '../../../inspect/find/lookup.js';
import type { RunView } from '../../../inspect/run-view.js';
import type { CommandContext } from '../../command-context.js';
import { NotFound, UsageError } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { shortDigest } from '../../inspect/facts.js';
import { paged, type LineWriter } from '../../inspect/pager.js';
import { withRuns } from '../../inspect/with-run.js';
import type { ShowLedgerArguments } from './options.js';

/** Lists entries while they are read: a run of a million ticks needs no more memory than one of ten. */
export function showLedger(args: ShowLedgerArguments, context: CommandContext): Promise<ExitCode> {
  const { from = 1, to = Infinity } = args;
  if (from > to) throw new UsageError(`--from ${String(from)} is after --to ${String(to)}`);
  return withRuns(args.store, [args.run], async (found) => {
    const run = found!;
    const last = run.artefacts.entry('u_ledger')?.chunks.at(-1)?.last_tick ?? 0;
    if (last === 0) throw nothingCommitted(run);
    if (from > last)
      throw new NotFound(describeNotFound(notFound(`entry of tick ${String(from)}`)), [
        `the last entry is for tick ${String(last)}`,
      ]);
    const range = { from, to: Math.min(to, last) };
    const isExact = args.json === true;
    const width = context.terminal.outWidth();
    await paged(
      context,
      (line) => (isExact ? jsonLines(run, range, line) : tableLines(run, range, { line, width })),
      { isExact },
    );
    return EXIT.ok;
  });
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function nothingCommitted({ record: { id, state, ticks_completed } }: RunView): NotFound {
  const after = `${state.replaceAll('_', ' ')} after tick ${String(ticks_completed)}`;
  return new NotFound(`run ${id} (${after}) committed no tick, so its U-ledger is empty`);
}

async function jsonLines(run: RunView, { from, to }: Range, line: LineWriter): Promise<void> {
  for await (const text of run.artefacts.lines('u_ledger', from, to)) if (!(await line(text))) return;
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'tick', align: 'right' },
  { title: 'window', align: 'left', shrinksTo: 12 },
  { title: 'C_t', align: 'right' },
  { title: 'manifest check', align: 'right' },
  ...['ledger', 'P-block', 'envelope', 'previous'].map((title): FittedColumn => ({
    title,
    align: 'left',
    isOptional: true,
  })),
];

/** Maximum digits of C_t and manifest check, and of a shortened digest. */
const NUMBER_WIDTH = 16;
const DIGEST_WIDTH = 12;

/** The rows are not known in advance, so each column has its maximum width. */
async function tableLines(run: RunView, range: Range, { line, width }: LedgerPage): Promise<void> {
  const { windows } = (await run.inputs()).run;
  const natural = [
    Math.max(4, String(range.to).length),
    Math.max(6, ...windows.map(({ window_id }) => inLine(window_id).length)),
    NUMBER_WIDTH,
    NUMBER_WIDTH,
    ...COLUMNS.slice(4).map(() => DIGEST_WIDTH),
  ];
  const row = fittedRow(COLUMNS, natural, width);
  await line(row(COLUMNS.map(({ title }) => title)));
  for await (const text of run.artefacts.lines('u_ledger', range.from, range.to)) {
    const entry = JSON.parse(text) as ULedgerEntry;
    const isRead = await line(
      row([
        String(entry.tick),
        entry.window_id,
        String(entry.C_t),
        String(entry.manifest_check),
        shortDigest(entry.umx_ledger_hash),
        shortDigest(entry.loom_block_hash),
        shortDigest(entry.nap_envelope_hash),
        shortDigest(entry.prev_entry_hash),
      ]),
    );
    if (!isRead) return;
  }
}

interface LedgerPage {
  readonly line: LineWriter;
  /** Width of the terminal; null if nothing is cut. */
  readonly width: number | null;
}
