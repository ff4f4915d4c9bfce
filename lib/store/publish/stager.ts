import { sha256 } from '../../base/digest.js';
import { InvariantError } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import { locate } from '../layout.js';
import type { BlobStager, StagedBlob, StagerSpec } from '../port.js';
import type { BlobMemory } from './blob-memory.js';
import { newTemp } from '../sharing/process-tag.js';
import { onFile } from '../system-error.js';

/** Mode of a blob: read-only. */
export const BLOB_MODE = 0o444;

/**
 * Opens the writing side of a store for one thread. Stores on disk need the platform of the calling thread.
 * `memory` holds the blobs that are staged in memory; without it, each has its own buffer.
 */
export function openStager(spec: StagerSpec, platform?: TreePlatform, memory?: BlobMemory): BlobStager {
  const stageInMemory = (bytes: Uint8Array): StagedBlob => ({
    at: 'memory',
    digest: sha256(bytes),
    size: bytes.length,
    // Buffer.slice would share the bytes.
    bytes: memory?.copy(bytes) ?? new Uint8Array(bytes),
  });
  if (spec.at === 'memory') return { put: stageInMemory };
  if (platform === undefined) throw new InvariantError('a stager on disk needs a platform');
  const { files, processes } = platform;
  const { small } = spec;
  let held = 0;
  return {
    put(bytes): StagedBlob {
      if (small !== undefined && bytes.length <= small.each && held + bytes.length <= small.together) {
        held += bytes.length;
        return stageInMemory(bytes);
      }
      const temp = newTemp(processes);
      onFile('write', temp, () => {
        files.create(locate(spec.root, temp), bytes, BLOB_MODE);
      });
      return { at: 'disk', digest: sha256(bytes), size: bytes.length, temp };
    },
  };
}
