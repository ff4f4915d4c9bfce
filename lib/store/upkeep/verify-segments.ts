import { RunningDigest } from '../../base/digest.js';
import type { DiskReader } from '../disk-reader.js';
import { relative } from '../layout.js';
import { parseDead } from '../segments/dead-list.js';
import type { Segment } from '../segments/segment-view.js';
import type { StoreProblem } from '../store-problem.js';
import { onFile } from '../system-error.js';
import { Pacer } from './pacer.js';

/** Holds every segment against its name, and every list of dead places against its last line. */
export async function verifySegments({ segments }: DiskReader): Promise<readonly StoreProblem[]> {
  if (segments === undefined) return [];
  const { files, root, view } = segments;
  const pacer = new Pacer();
  const problems: StoreProblem[] = [];
  for (const segment of view.segments()) {
    await pacer.spend(segment.entry.size);
    const path = relative.segment(segment.digest);
    const found = onFile('read', path, () => {
      const running = new RunningDigest();
      files.readPieces(`${root}/${path}`, (piece) => {
        running.update(piece);
      });
      return running.finish();
    });
    if (found !== segment.digest) problems.push(damage(path, segment));
    const dead = relative.deadOf(segment.digest);
    const text = onFile('read', dead, () => files.readText(`${root}/${dead}`));
    if (text !== undefined && parseDead(text) === undefined)
      problems.push({ type: 'segment_damaged', path: dead, runs: [], message: DEAD_DAMAGED });
  }
  return problems;
}

const DEAD_DAMAGED = 'does not match its last line; what it lists counts again until it is set aside';

function damage(path: string, { index, isWhole }: Segment): StoreProblem {
  const runs = [...index.runs.keys()].sort();
  const left = `${String(index.blobs.size)} blobs and ${String(runs.length)} records are found in it`;
  const message = isWhole ? 'does not match its digest' : `does not match its digest, nor its index; ${left}`;
  return { type: 'segment_damaged', path, runs, message };
}
