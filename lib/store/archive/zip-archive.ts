import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { RunExport } from './export-run.js';

const MODE = 0o100644;

/** Writes a zip archive of one directory named after the run. The bytes depend only on the run. */
export async function* zipArchive({ run, members }: RunExport): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const fail = (error: Error): void => {
    output.destroy(error);
  };
  // The format stores local time without a zone: the same local noon gives the same bytes in every zone.
  const stamp = { mtime: new Date(2000, 0, 1, 12), forceDosTimestamp: true, mode: MODE };
  let current: Readable | undefined;
  zip.on('error', fail);
  for (const { name, size, pieces } of members) {
    zip.addReadStreamLazy(`${run.id}/${name}`, { ...stamp, size }, (begin) => {
      current = Readable.from(pieces()).on('error', fail);
      begin(null, current);
    });
  }
  zip.end();
  try {
    for await (const piece of output) yield piece as Uint8Array;
  } finally {
    // A reader that stops early leaves no member half-read.
    current?.destroy();
  }
}
