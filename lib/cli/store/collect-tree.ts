import { bytesText, countText, plural } from '../../batch/report/units.js';
import { keptDigests } from '../../golden/kept-digests.js';
import { systemClock } from '../../platform/clock.js';
import { collectGarbage, type GcReport } from '../../store/index.js';
import type { CommandContext } from '../command-context.js';
import type { StoreGcArguments } from '../commands/store/gc.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { goldenTree } from '../golden/golden-context.js';
import { openForMaintenance, openForReading } from '../open-store.js';

import { progressOn } from './progress.js';

/** Removes what nothing needs, or tells what that would be. @throws AetherError STORE_* */
export async function collectTree(args: StoreGcArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const dryRun = args['dry-run'] === true;
  const goldens = keptDigests(goldenTree(args.golden));
  const store = await (dryRun ? openForReading(args.store) : openForMaintenance(args.store, context));
  const progress = await progressOn(terminal, args.json);
  try {
    const report = await collectGarbage(store, {
      dryRun,
      goldens,
      now: systemClock.now(),
      ...(args['keep-days'] !== undefined && { keepDays: args['keep-days'] }),
      ...(args['keep-last'] !== undefined && { keepLast: args['keep-last'] }),
      ...(args['max-size'] !== undefined && { maxSize: args['max-size'] }),
      onProgress: ({ blobs, bytes }) => {
        progress.say(`${plural(blobs, 'blob')} looked through for removal, ${bytesText(bytes)}`);
      },
    });
    progress.done();
    terminal.out(args.json === true ? `${JSON.stringify(report)}\n` : `${gcText(report)}\n`);
    return EXIT.ok;
  } finally {
    progress.done();
    await store.close();
  }
}

function gcText(report: GcReport): string {
  const [went, stayed] = report.dry_run ? ['would remove', 'would keep'] : ['removed', 'kept'];
  const { runs_removed, blobs_removed, bytes_freed, runs_kept, blobs_kept, bytes_kept } = report;
  return [
    `${went} ${plural(runs_removed.length, 'run')} and ${plural(blobs_removed, 'blob')}, ${bytesText(bytes_freed)}`,
    `${stayed} ${plural(runs_kept, 'run')} and ${countText(blobs_kept)} blobs, ${bytesText(bytes_kept)}`,
    ...(report.dry_run ? runs_removed.map((id) => `  ${id}`) : []),
  ].join('\n');
}
