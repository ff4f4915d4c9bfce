import { existsSync } from 'node:fs';
import type { Digest } from '../../../../base/digest.js';
import { AetherError } from '../../../../base/errors.js';
import { bytesText, countText, plural } from '../../../../base/quantity.js';
import { keptDigests } from '../../../../golden/places/kept-digests.js';
import { askedByProject } from '../../../../golden/places/project-references.js';
import { systemClock } from '../../../../platform/clock.js';
import { nodeDocumentFiles } from '../../../../platform/document-files.js';
import { collectGarbage, type GcReport } from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { UsageError } from '../../../command-error.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { goldenTree } from '../../../golden/golden-context.js';
import { openForMaintenance, openForReading } from '../../../open-store.js';
import { withProgress } from '../../../store/progress.js';
import type { StoreGcArguments } from './options.js';

/** Removes unneeded blobs and runs, or reports them. @throws AetherError STORE_* */
export async function collectTree(args: StoreGcArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const dryRun = args['dry-run'] === true;
  const goldens = await goldensToKeep(args, context);
  const opening = dryRun ? openForReading(args.store) : openForMaintenance(args.store, context);
  return withProgress(opening, { terminal, quiet: args.json }, async (store, progress) => {
    const report = await collectGarbage(store, {
      dryRun,
      goldens: goldens.digests,
      now: systemClock.now(),
      ...(args['keep-days'] !== undefined && { keepDays: args['keep-days'] }),
      ...(args['keep-last'] !== undefined && { keepLast: args['keep-last'] }),
      ...(args['max-size'] !== undefined && { maxSize: args['max-size'] }),
      onProgress: ({ blobs, bytes }) => {
        progress.say(`${plural(blobs, 'blob')} checked for removal, ${bytesText(bytes)}`);
      },
    });
    progress.done();
    const text =
      args.json === true
        ? JSON.stringify({ ...report, golden_directory: goldens.directory })
        : gcText(report, goldens);
    terminal.out(`${text}\n`);
    return EXIT.ok;
  });
}

/** Default directory of goldens. */
const USUAL = 'golden';

/**
 * The digests that goldens need: goldens of the directory, and those that manifests of the project request.
 * With limits, unreadable goldens stop the removal of runs; a project without goldens gets a warning.
 *
 * @throws UsageError if a named directory does not exist, AetherError STORE_GOLDEN_DAMAGED
 */
async function goldensToKeep(args: StoreGcArguments, { terminal }: CommandContext): Promise<Goldens> {
  const { golden = USUAL } = args;
  if (golden === false) return NO_GOLDENS;
  const tree = goldenTree(golden);
  const { digests, damaged } = keptDigests(tree, await askedByProject(tree, nodeDocumentFiles));
  if (LIMITS.every((limit) => args[limit] === undefined)) return { directory: golden, digests };
  // A project may keep all its goldens in other directories, named in its manifests.
  if (!existsSync(golden) && (args.golden !== undefined || digests.size + damaged.length === 0)) {
    const missing = `there is no directory of goldens at ${golden}`;
    if (args.golden !== undefined) throw new UsageError(missing, 'or give --no-golden');
    terminal.err(
      `warning: ${missing}: results of goldens in other directories are not protected; name the directory with --golden\n`,
    );
    return NO_GOLDENS;
  }
  if (damaged.length === 0) return { directory: golden, digests };
  throw new AetherError(
    'STORE_GOLDEN_DAMAGED',
    `${damaged.join(', ')}: damaged, so its results would be removed; repair it (aether golden status), or give --no-golden`,
  );
}

interface Goldens {
  /** Null if none were read. */
  readonly directory: string | null;
  readonly digests: ReadonlySet<Digest>;
}

const NO_GOLDENS: Goldens = { directory: null, digests: new Set() };

const LIMITS = ['keep-days', 'keep-last', 'max-size'] as const;

function gcText(report: GcReport, { directory }: Goldens): string {
  const [went, stayed] = report.dry_run ? ['would remove', 'would keep'] : ['removed', 'kept'];
  const { runs_removed, blobs_removed, bytes_freed, runs_kept, blobs_kept, bytes_kept } = report;
  const { held_back, bytes_over_limit } = report;
  const held = [
    ...(held_back.golden > 0 ? [`${plural(held_back.golden, 'run')} of results in ${directory ?? ''}`] : []),
    ...(held_back.pinned > 0 ? [plural(held_back.pinned, 'pinned run')] : []),
    ...(held_back.in_use > 0 ? [`${plural(held_back.in_use, 'run')} in use`] : []),
  ];
  return [
    `${went} ${plural(runs_removed.length, 'run')} and ${plural(blobs_removed, 'blob')}, ${bytesText(bytes_freed)}`,
    `${stayed} ${plural(runs_kept, 'run')} and ${countText(blobs_kept)} blobs, ${bytesText(bytes_kept)}`,
    ...(held.length > 0 ? [`held back ${held.join(', ')}`] : []),
    ...(bytes_over_limit > 0
      ? [
          `limit not reached, ${bytesText(bytes_over_limit)} over: ` +
            `${plural(held_back.golden + held_back.pinned + held_back.in_use, 'run')} pinned, golden or in use`,
        ]
      : []),
    ...(report.dry_run ? runs_removed.map((id) => `  ${id}`) : []),
  ].join('\n');
}
