import { openRun } from '../../inspect/open-run.js';
import type { CommandContext } from '../command-context.js';
import { foundOr } from '../command-error.js';
import type { CatArguments } from '../commands/cat.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { openForReading } from '../open-store.js';

/**
 * Writes an artefact's bytes, chunk by chunk; each chunk is checked against its digest before it is written.
 * What a compact run does not store is derived again.
 *
 * @throws NotFound, AetherError STORE_*, REPLAY_MISMATCH
 */
export async function catArtefact(args: CatArguments, { terminal }: CommandContext): Promise<ExitCode> {
  const store = await openForReading(args.store);
  try {
    const run = foundOr(await openRun(store, args.run));
    for await (const bytes of foundOr(await run.cat(args.kind))) {
      if (!(await terminal.write(bytes))) break;
    }
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
