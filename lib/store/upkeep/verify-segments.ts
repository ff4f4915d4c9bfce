import { RunningDigest } from '../../base/digest.js';
import { parseRunId } from '../../base/run-id.js';
import type { DiskReader } from '../disk-reader.js';
import { locate, segmentFile, SEGMENTS } from '../layout.js';
import { parseDead } from '../segments/dead-list.js';
import type { Segment } from '../segments/segment.js';
import type { StoreSegments } from '../segments/segmented-tree.js';
import type { StoreProblem } from '../store-problem.js';
import { isUnreadable, onFile, reasonOf } from '../system-error.js';
import { YieldTimer } from '../../platform/yield-timer.js';

/** Checks every segment against its name, and every list of dead places against its last line. */
export async function verifySegments({ segments }: DiskReader): Promise<readonly StoreProblem[]> {
  if (segments === undefined) return [];
  const yieldTimer = new YieldTimer();
  const problems: StoreProblem[] = [];
  const { files, root, view } = segments;
  const known = new Map(view.segments().map((segment) => [segment.digest, segment]));
  for (const { name, kind } of onFile('list', SEGMENTS, () => files.list(locate(root, SEGMENTS)))) {
    const file = segmentFile(name);
    if (file === undefined) continue;
    const path = `${SEGMENTS}/${name}`;
    const segment = known.get(file.digest);
    if (kind !== 'file') problems.push(damaged(path, 'is not a regular file', segment));
    else if (file.is === 'segment') {
      if (yieldTimer.isDue) await yieldTimer.yield();
      const problem = wrongSegment(segments, path, segment);
      if (problem !== undefined) problems.push(problem);
    } else if (file.is === 'dead' && isWrongList(segments, path)) {
      problems.push(damaged(path, DEAD_DAMAGED, undefined));
    }
  }
  return problems;
}

function wrongSegment(
  { files, root }: StoreSegments,
  path: string,
  segment: Segment | undefined,
): StoreProblem | undefined {
  const running = new RunningDigest();
  try {
    onFile('read', path, () => {
      files.readPieces(locate(root, path), (piece) => {
        running.update(piece);
      });
    });
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    // A segment that a concurrent gc removed is not missing.
    if (files.stat(locate(root, path)) === undefined) return undefined;
    return damaged(path, `cannot be read: ${reasonOf(error)}`, segment);
  }
  if (segment === undefined || running.finish() === segment.digest) return undefined;
  const { index, isWhole } = segment;
  const left = `${String(index.blobs.size)} blobs and ${String(index.runs.size)} records can be recovered from it`;
  const both = `matches neither its digest nor its index; ${left}`;
  return damaged(path, isWhole ? 'does not match its digest' : both, segment);
}

function isWrongList({ files, root }: StoreSegments, path: string): boolean {
  const text = onFile('read', path, () => files.readText(locate(root, path)));
  return text !== undefined && parseDead(text) === undefined;
}

const DEAD_DAMAGED =
  'does not match its last line; the records that it lists are in use again until it is set aside';

function damaged(path: string, message: string, segment: Segment | undefined): StoreProblem {
  const runs = [...(segment?.index.runs.keys() ?? [])].flatMap((id) => parseRunId(id) ?? []).sort();
  return { type: 'segment_damaged', path, runs, message };
}
