import { artefactEntry } from '../../../inspect/artefacts/missing-record.js';
import type { RunView } from '../../../inspect/run-view.js';
import type { CommandContext } from '../../command-context.js';
import { foundOr } from '../../command-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { withRuns } from '../../inspect/with-run.js';
import type { CatArguments } from './options.js';

/**
 * Writes the bytes of an artefact, chunk by chunk; each chunk is verified before it is written. Artefacts
 * that a compact run does not store are derived.
 *
 * @throws UsageError, NotFound, AetherError STORE_*, REPLAY_MISMATCH
 */
export function catArtefact(args: CatArguments, { terminal }: CommandContext): Promise<ExitCode> {
  return withRuns(args.store, [args.run], async (run) => {
    if (args.json === true) {
      terminal.out(`${JSON.stringify(described(run!, args.kind))}\n`);
      return EXIT.ok;
    }
    for await (const bytes of foundOr(await run!.cat(args.kind))) {
      if (!(await terminal.write(bytes))) break;
    }
    return EXIT.ok;
  });
}

/** The recorded description of the artefact, without reading its bytes. */
function described(run: RunView, kind: string): object {
  const { media_type, digest, size, records, stored } = foundOr(artefactEntry(run.artefacts, kind));
  return { run: run.record.id, kind, media_type, digest, size, records, stored };
}
