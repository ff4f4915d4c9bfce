import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import type { RunExport } from './export-run.js';

/** The latest time that the library can write; later ends are set to it. */
const LAST_SECOND = 2 ** 31 - 1;

/** Writes a tar archive of one directory named after the run. The bytes depend only on the run. */
export async function* tarArchive(made: RunExport): AsyncGenerator<Uint8Array> {
  const packing = pack();
  const filling = fill(packing, made).catch((error: unknown) => {
    packing.destroy(error as Error);
  });
  try {
    for await (const piece of packing) yield piece as Uint8Array;
  } finally {
    // A reader that stops early ends the loop, which ends the packing: no member stays half-read.
    await filling;
  }
}

async function fill(packing: Pack, { run, members }: RunExport): Promise<void> {
  const seconds = Math.floor(Date.parse(run.ended_at) / 1000);
  const mtime = new Date(1000 * Math.min(Math.max(0, seconds), LAST_SECOND));
  for (const { name, size, pieces } of members) {
    const entry = packing.entry({ name: `${run.id}/${name}`, size, mtime, mode: 0o644, type: 'file' });
    await pipeline(Readable.from(pieces()), entry);
  }
  packing.finalize();
}
