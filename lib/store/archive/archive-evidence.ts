import type { RunEvidence } from '../evidence.js';
import type { ArchiveSource } from './archive-source.js';
import { artefactMember } from './export-run.js';
import type { ArtefactEntry } from '../records.js';

/** The artefacts in an archive, as their entries say how long they are. */
export function archiveEvidence(archive: ArchiveSource): RunEvidence {
  const from = async (entry: ArtefactEntry, start: number): Promise<Uint8Array | undefined> => {
    if (!entry.stored || entry.size === 0) return undefined;
    const pieces: Uint8Array[] = [];
    let offset = 0;
    for await (const piece of archive.pieces(artefactMember(entry))) {
      if (offset + piece.length > start) pieces.push(piece.slice(Math.max(0, start - offset)));
      offset += piece.length;
      // What is longer than it claims to be is refused when it is taken in.
      if (offset > entry.size) return undefined;
    }
    return Buffer.concat(pieces);
  };
  return {
    whole: (entry) => from(entry, 0),
    last: (entry) => from(entry, entry.size - (entry.chunks.at(-1)?.size ?? 0)),
  };
}
