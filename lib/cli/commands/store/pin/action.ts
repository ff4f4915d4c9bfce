import type { RunId } from '../../../../base/run-id.js';
import { findRun } from '../../../../inspect/find/find-run.js';
import { pinnedRuns, pinRun, unpinRun, type DiskStore } from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { foundOr, NotFound } from '../../../command-error.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { openForMaintenance, withStore } from '../../../open-store.js';
import type { StorePinArguments } from './options.js';

/** Protects a run from gc. */
export function pinStored(args: StorePinArguments, context: CommandContext): Promise<ExitCode> {
  return changePin(args, context, async (store, id) => {
    await pinRun(store, id);
    return 'pinned';
  });
}

/** Removes the pin of a run. @throws NotFound if it was not pinned */
export function unpinStored(args: StorePinArguments, context: CommandContext): Promise<ExitCode> {
  return changePin(args, context, async (store, id) => {
    if (await unpinRun(store, id)) return 'unpinned';
    throw new NotFound(`run ${id} is not pinned`, pinnedRuns(store).slice(-5));
  });
}

async function changePin(
  args: StorePinArguments,
  context: CommandContext,
  change: (store: DiskStore, id: RunId) => Promise<string>,
): Promise<ExitCode> {
  return withStore(openForMaintenance(args.store, context), async (store) => {
    const run = foundOr(await findRun(store, args.run));
    const done = await change(store, run.id);
    const report = { run: run.id, name: run.name, pinned: done === 'pinned' };
    context.terminal.out(
      args.json === true ? `${JSON.stringify(report)}\n` : `${done} ${run.id}  ${run.name}\n`,
    );
    return EXIT.ok;
  });
}
