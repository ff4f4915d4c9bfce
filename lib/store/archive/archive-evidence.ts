import type { RunEvidence } from '../evidence.js';
import type { ArchiveSource } from './archive-source.js';
import { artefactMember } from './export-run.js';
import type { ArtefactEntry } from '../record-types.js';

/** The artefacts in an archive, with the sizes in its entries. */
export function archiveEvidence(archive: ArchiveSource): RunEvidence {
  async function* from(
    entry: ArtefactEntry,
    chunk: number,
  ): AsyncGenerator<Uint8Array | undefined, void, undefined> {
    if (!entry.stored || entry.size === 0) return yield undefined;
    const start = entry.chunks.slice(0, chunk).reduce((sum, { size }) => sum + size, 0);
    let offset = 0;
    for await (const piece of archive.pieces(artefactMember(entry))) {
      if (offset + piece.length > start) yield piece.slice(Math.max(0, start - offset));
      offset += piece.length;
      // Content longer than its recorded size is refused by the import.
      if (offset > entry.size) return yield undefined;
    }
  }
  const gathered = async (entry: ArtefactEntry, chunk: number): Promise<Uint8Array | undefined> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of from(entry, chunk)) {
      if (piece === undefined) return undefined;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  };
  return {
    whole: (entry) => gathered(entry, 0),
    last: (entry) => gathered(entry, Math.max(0, entry.chunks.length - 1)),
    from,
  };
}
