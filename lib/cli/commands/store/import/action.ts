import { existsSync } from 'node:fs';
import { AetherError } from '../../../../base/errors.js';
import type { RunId } from '../../../../base/run-id.js';
import { bytesText } from '../../../../base/quantity.js';
import { inputContradiction } from '../../../../inspect/verify/input-contradiction.js';
import { recordContradictions } from '../../../../inspect/verify/record-contradictions.js';
import { nodePlatform, nodeTreeFiles } from '../../../../platform/index.js';
import {
  importRun,
  openArchive,
  openStager,
  type ArchiveSource,
  type DiskStore,
} from '../../../../store/index.js';
import type { CommandContext } from '../../../command-context.js';
import { EXIT, exitCodeOf, type ExitCode } from '../../../exit-codes.js';
import { openForWriting } from '../../../open-store.js';
import { counted, withProgress, type Progress } from '../../../store/progress.js';
import type { StoreImportArguments } from './options.js';

/** Claims of a record are checked against the imported bytes. */
const CLAIMS = { contradiction: inputContradiction, contradictions: recordContradictions } as const;

interface Imported {
  readonly path: string;
  /** Null if it was refused. */
  readonly run: RunId | null;
  readonly name: string | null;
  /** True if the store already had the run. */
  readonly present: boolean;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Imports exported runs, each completely or not at all; a refused run does not stop the others. */
export async function importStored(args: StoreImportArguments, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  // Do not create a store if there is nothing to import.
  const imported = args.paths.some((path) => existsSync(path))
    ? await importAll(args, context)
    : args.paths.map(absent);
  for (const { path, run, name, present, error } of imported) {
    if (error !== null) terminal.err(`${path}: ${error.code}: ${error.message}\n`);
    else if (args.json !== true)
      terminal.out(`${path} -> ${run!}  ${name!}${present ? '  (already stored)' : ''}\n`);
  }
  if (args.json === true) terminal.out(`${JSON.stringify(imported)}\n`);
  const refused = imported.find(({ error }) => error !== null);
  return refused === undefined ? EXIT.ok : exitCodeOf(refused.error!.code);
}

async function importAll(
  { paths, store: root, json }: StoreImportArguments,
  context: CommandContext,
): Promise<readonly Imported[]> {
  const showing = { terminal: context.terminal, quiet: json };
  return withProgress(openForWriting(root, context), showing, async (store, progress) => {
    const imported: Imported[] = [];
    const present = new Set(await store.runIds());
    for (const path of paths) {
      imported.push(existsSync(path) ? await importOne(path, { store, progress, present }) : absent(path));
    }
    return imported;
  });
}

interface Importing {
  readonly store: DiskStore;
  readonly progress: Progress;
  /** Ids of existing runs. */
  readonly present: Set<string>;
}

async function importOne(path: string, { store, progress, present }: Importing): Promise<Imported> {
  try {
    const archive = openArchive(nodeTreeFiles, path);
    const told: ArchiveSource = {
      pieces: (name) =>
        counted(archive.pieces(name), (bytes) => {
          progress.say(`${path}: ${name}, ${bytesText(bytes)}`);
        }),
    };
    const stager = openStager(store.stager, nodePlatform());
    const run = await importRun({ store, stager, ...CLAIMS }, told);
    const wasPresent = present.has(run.id);
    present.add(run.id);
    return { path, run: run.id, name: run.name, present: wasPresent, error: null };
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    return refusal(path, error);
  }
}

function absent(path: string): Imported {
  return refusal(path, { code: 'IMPORT_NOT_FOUND', message: 'there is no such file or directory' });
}

function refusal(path: string, { code, message }: { code: string; message: string }): Imported {
  return { path, run: null, name: null, present: false, error: { code, message } };
}
