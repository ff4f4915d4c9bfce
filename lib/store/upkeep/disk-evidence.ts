import { AetherError } from '../../base/errors.js';
import type { DiskReader } from '../disk-reader.js';
import type { RunEvidence } from '../evidence.js';
import type { ChunkEntry } from '../record-types.js';

/** The artefacts in a store. Unreadable bytes count as absent: the check of the blobs reports them. */
export function diskEvidence(reader: DiskReader): RunEvidence {
  const bytes = async (chunks: readonly ChunkEntry[]): Promise<Uint8Array | undefined> => {
    if (chunks.length === 0) return undefined;
    try {
      const pieces: Uint8Array[] = [];
      for (const { digest } of chunks) pieces.push(await reader.blob(digest));
      return Buffer.concat(pieces);
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      return undefined;
    }
  };
  return {
    whole: ({ chunks }) => bytes(chunks),
    last: ({ chunks }) => bytes(chunks.slice(-1)),
    async *from({ chunks }, first) {
      for (const chunk of chunks.slice(first)) {
        const piece = await bytes([chunk]);
        yield piece;
        if (piece === undefined) return;
      }
    },
  };
}
