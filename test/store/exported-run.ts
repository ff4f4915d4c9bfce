import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeTreeFiles, writePieces } from '../../lib/platform/index.js';
import {
  exportRun,
  importRun,
  MemoryStore,
  openArchive,
  openStager,
  tarArchive,
  zipArchive,
  type RunExport,
} from '../../lib/store/index.js';
import { sampleRun, type SampleOptions } from './sample-run.js';
import { runId } from '../ids.js';

/** A sample run in a separate store, as plain files. */
export async function exported(options: SampleOptions): Promise<{ store: MemoryStore; made: RunExport }> {
  const store = new MemoryStore();
  await store.publish(sampleRun(openStager(store.stager), options));
  return { store, made: await exportRun(store, runId(options.id)) };
}

/** The exports; each writes into a directory and returns the path that it wrote. */
export const WRITERS = {
  async dir(made: RunExport, directory: string): Promise<string> {
    const target = join(directory, 'run');
    mkdirSync(target);
    for (const { name, pieces } of made.members) await writePieces(join(target, name), pieces());
    return target;
  },
  async tar(made: RunExport, directory: string): Promise<string> {
    const target = join(directory, 'run.tar');
    await writePieces(target, tarArchive(made));
    return target;
  },
  async zip(made: RunExport, directory: string): Promise<string> {
    const target = join(directory, 'run.zip');
    await writePieces(target, zipArchive(made));
    return target;
  },
} as const;

/** Imports into an empty store. */
export async function importFrom(path: string): Promise<{ store: MemoryStore; id: string }> {
  const store = new MemoryStore();
  const run = await importRun({ store, stager: openStager(store.stager) }, openArchive(nodeTreeFiles, path));
  return { store, id: run.id };
}

/** All the bytes of a stream. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
