import { fittedTable } from '../../../../batch/report/fitted-table.js';
import { bytesText, countText, plural } from '../../../../base/quantity.js';
import { diskUsage, type UsageLine, type UsageReport } from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import type { StoreArguments } from '../store-options.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { openForReading, withStore } from '../../../open-store.js';

const SHOWN = 20;

/** Shows the disk usage of a store. */
export async function showUsage(args: StoreArguments, { terminal }: CommandContext): Promise<ExitCode> {
  return withStore(openForReading(args.store), async (store) => {
    const report = await diskUsage(store);
    terminal.out(
      args.json === true ? `${JSON.stringify(report)}\n` : `${usageText(report, terminal.outWidth())}\n`,
    );
    return EXIT.ok;
  });
}

function usageText(report: UsageReport, width: number | null): string {
  const { runs, blobs, blob_bytes, logical_bytes, unreferenced, temp_bytes } = report;
  const saved = logical_bytes - (blob_bytes - unreferenced.bytes);
  return [
    `${plural(runs, 'run')}, ${plural(blobs, 'blob')}, ${bytesText(blob_bytes)}`,
    `sharing saves ${bytesText(Math.max(0, saved))} of ${bytesText(logical_bytes)}`,
    `gc would free ${bytesText(unreferenced.bytes)} in ${plural(unreferenced.blobs, 'blob')}`,
    ...(temp_bytes > 0 ? [`unfinished writes: ${bytesText(temp_bytes)}`] : []),
    '',
    ...usageTable('artefact', report.by_kind, width),
    '',
    ...usageTable('scenario', report.by_scenario, width),
  ].join('\n');
}

function usageTable(title: string, lines: readonly UsageLine[], width: number | null): string[] {
  const rows = lines.slice(0, SHOWN).map(({ of, runs, bytes }) => [of, countText(runs), bytesText(bytes)]);
  const hidden = lines.length - rows.length;
  const columns = [
    { title, align: 'left', shrinksTo: 16 },
    { title: 'runs', align: 'right', isOptional: true },
    { title: 'size', align: 'right' },
  ] as const;
  return [
    ...fittedTable(columns, rows, width),
    ...(hidden > 0 ? [`and ${countText(hidden)} more; --json lists them`] : []),
  ];
}
