import { parseDigest, type Digest } from '../../../../base/digest.js';
import { fittedTable, type FittedColumn } from '../../../../batch/report/fitted-table.js';
import { bytesText } from '../../../../base/quantity.js';
import { whyStored, type DigestUse, type WhyReport } from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { UsageError } from '../../../command-error.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { openForReading, withStore } from '../../../open-store.js';
import type { StoreWhyArguments } from './options.js';

/** Lists the references to a digest; exits with 1 if there are none. */
export async function explainDigest(
  args: StoreWhyArguments,
  { terminal }: CommandContext,
): Promise<ExitCode> {
  const digest = digestIn(args.digest);
  return withStore(openForReading(args.store), async (store) => {
    const report = await whyStored(store, digest);
    terminal.out(
      args.json === true ? `${JSON.stringify(report)}\n` : `${whyText(report, terminal.outWidth())}\n`,
    );
    return report.uses.length === 0 ? EXIT.failed : EXIT.ok;
  });
}

/** @throws UsageError */
function digestIn(text: string): Digest {
  const path = /(?:^|\/)([0-9a-f]{2})\/([0-9a-f]{62})$/.exec(text);
  const digest = parseDigest(path === null ? text : `${path[1]!}${path[2]!}`);
  if (digest !== undefined) return digest;
  throw new UsageError(
    `${JSON.stringify(text)} is neither a SHA-256 in lower-case hex nor the path of a blob`,
  );
}

const COLUMNS: readonly FittedColumn[] = [
  { title: 'run', align: 'left' },
  { title: 'name', align: 'left', shrinksTo: 16 },
  { title: 'as', align: 'left', shrinksTo: 16 },
];

function whyText({ digest, blob_size, uses }: WhyReport, width: number | null): string {
  const blob = blob_size === null ? 'no blob' : `a blob of ${bytesText(blob_size)}`;
  const head = `${digest}: ${blob}`;
  if (uses.length === 0) return `${head}; no run names it`;
  const rows = uses.map((use) => [use.run, use.pinned ? `${use.name} (pinned)` : use.name, roleText(use)]);
  return [head, ...fittedTable(COLUMNS, rows, width)].join('\n');
}

function roleText({ role, kind, chunk }: DigestUse): string {
  const of = kind === null ? '' : ` ${kind}`;
  if (chunk === null) return `${role}${of}`;
  const { index, first_tick, last_tick } = chunk;
  const ticks = last_tick === 0 ? '' : `, ticks ${String(first_tick)} to ${String(last_tick)}`;
  return `${role} ${String(index)} of${of}${ticks}`;
}
