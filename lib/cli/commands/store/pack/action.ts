import { plural } from '../../../../base/quantity.js';
import { packStore, unpackStore, type DiskStore, type PackReport } from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { EXIT, type ExitCode } from '../../../exit-codes.js';
import { openForMaintenance } from '../../../open-store.js';
import { withProgress } from '../../../store/progress.js';
import type { StoreArguments } from '../store-options.js';

/** Moves small files into segments. @throws AetherError STORE_* */
export function packTree(args: StoreArguments, context: CommandContext): Promise<ExitCode> {
  return convert(args, context, {
    run: packStore,
    verb: 'packed',
    text: ({ files, merged, segments }) =>
      `packed ${plural(files, 'file')}, merged ${plural(merged, 'segment')}; ${plural(segments, 'segment')} in total`,
  });
}

/** Moves the contents of segments into plain files. @throws AetherError STORE_* */
export function unpackTree(args: StoreArguments, context: CommandContext): Promise<ExitCode> {
  return convert(args, context, {
    run: unpackStore,
    verb: 'unpacked',
    text: ({ files, merged, segments }) =>
      `unpacked ${plural(files, 'file')} from ${plural(merged, 'segment')}; ${plural(segments, 'segment')} left`,
  });
}

interface Conversion {
  readonly run: (store: DiskStore, onProgress: (files: number) => void) => Promise<PackReport>;
  /** Verb of the progress message. */
  readonly verb: string;
  readonly text: (report: PackReport) => string;
}

async function convert(
  args: StoreArguments,
  context: CommandContext,
  { run, verb, text }: Conversion,
): Promise<ExitCode> {
  const showing = { terminal: context.terminal, quiet: args.json };
  return withProgress(openForMaintenance(args.store, context), showing, async (store, progress) => {
    const report = await run(store, (files) => {
      progress.say(`${plural(files, 'file')} ${verb}`);
    });
    progress.done();
    context.terminal.out(`${args.json === true ? JSON.stringify(report) : text(report)}\n`);
    return EXIT.ok;
  });
}
