import { AetherError } from '../../base/errors.js';
import { nodePlatform, nodeTreeFiles } from '../../platform/index.js';
import { importRun, openArchive, openStager } from '../../store/index.js';
import type { CommandContext } from '../command-context.js';
import type { StoreImportArguments } from '../commands/store/import.js';
import { EXIT, exitCodeOf, type ExitCode } from '../exit-codes.js';
import { openForWriting } from '../open-store.js';

interface Imported {
  readonly path: string;
  /** Null when it was refused. */
  readonly run: string | null;
  readonly name: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Takes exported runs in, each whole or not at all; one that is refused does not keep the others out. */
export async function importStored(args: StoreImportArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const store = await openForWriting(args.store, context);
  const stager = openStager(store.stager, nodePlatform());
  const imported: Imported[] = [];
  try {
    for (const path of args.paths) {
      try {
        const run = await importRun(store, stager, openArchive(nodeTreeFiles, path));
        imported.push({ path, run: run.id, name: run.name, error: null });
      } catch (error) {
        if (!(error instanceof AetherError)) throw error;
        const { code, message } = error;
        imported.push({ path, run: null, name: null, error: { code, message } });
      }
    }
  } finally {
    await store.close();
  }
  for (const { path, run, name, error } of imported) {
    if (error !== null) terminal.err(`${path}: ${error.code}: ${error.message}\n`);
    else if (args.json !== true) terminal.out(`${path} -> ${run!}  ${name!}\n`);
  }
  if (args.json === true) terminal.out(`${JSON.stringify(imported)}\n`);
  const refused = imported.find(({ error }) => error !== null);
  return refused === undefined ? EXIT.ok : exitCodeOf(refused.error!.code);
}
