import { inLine } from '../../base/printable.js';
import type { ULedgerEntry } from '../../engine/uledger/entry.js';
import { describeNotFound, notFound } from '../../inspect/lookup.js';
import type { RunView } from '../../inspect/run-view.js';
import type { CommandContext } from '../command-context.js';
import { NotFound, UsageError } from '../command-error.js';
import type { ShowLedgerArguments } from '../commands/show-ledger.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { shortDigest } from './facts.js';
import { paged, type LineWriter } from './pager.js';
import { withRuns } from './with-run.js';

/** Lists entries as they are read: a run of a million ticks takes no more memory than one of ten. */
export function showLedger(args: ShowLedgerArguments, context: CommandContext): Promise<ExitCode> {
  const { from = 1, to = Infinity } = args;
  if (from > to) throw new UsageError(`--from ${String(from)} lies after --to ${String(to)}`);
  return withRuns(args.store, [args.run], async (found) => {
    const run = found!;
    const last = run.artefacts.entry('u_ledger')?.chunks.at(-1)?.last_tick ?? 0;
    if (last === 0) throw nothingCommitted(run);
    if (from > last)
      throw new NotFound(describeNotFound(notFound(`entry of tick ${String(from)}`)), [
        `the last entry is that of tick ${String(last)}`,
      ]);
    const range = { from, to: Math.min(to, last) };
    const isExact = args.json === true;
    await paged(context, (line) => (isExact ? jsonLines : tableLines)(run, range, line), { isExact });
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

async function tableLines(run: RunView, range: Range, line: LineWriter): Promise<void> {
  const { windows } = (await run.inputs()).run;
  const width = {
    tick: Math.max(4, String(range.to).length),
    window: Math.max(6, ...windows.map(({ window_id }) => inLine(window_id).length)),
  };
  const row = (cells: readonly [string, string, string, string, string, string, string, string]): string => {
    const [tick, window, C_t, check, ...hashes] = cells;
    const left = `${tick.padStart(width.tick)}  ${window.padEnd(width.window)}`;
    return `${left}  ${C_t.padStart(16)}  ${check.padStart(16)}  ${hashes.map((hash) => hash.padEnd(12)).join('  ')}`.trimEnd();
  };
  await line(row(['tick', 'window', 'C_t', 'manifest check', 'ledger', 'P-block', 'envelope', 'previous']));
  for await (const text of run.artefacts.lines('u_ledger', range.from, range.to)) {
    const entry = JSON.parse(text) as ULedgerEntry;
    const cells = [
      String(entry.tick),
      inLine(entry.window_id),
      String(entry.C_t),
      String(entry.manifest_check),
    ] as const;
    const hashes = [entry.umx_ledger_hash, entry.loom_block_hash, entry.nap_envelope_hash].map(shortDigest);
    const isRead = await line(
      row([...cells, hashes[0]!, hashes[1]!, hashes[2]!, shortDigest(entry.prev_entry_hash)]),
    );
    if (!isRead) return;
  }
}
