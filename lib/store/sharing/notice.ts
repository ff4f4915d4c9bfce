import type { Digest } from '../../base/digest.js';
import type { RunId } from '../../base/run-id.js';

/** An event that the user should know about and that stops nothing. */
export type StoreNotice =
  | { readonly type: 'blob_healed'; readonly digest: Digest; readonly path: string; readonly kept: string }
  | { readonly type: 'record_unreadable'; readonly path: string; readonly message: string }
  /** Only contents that can be recovered without the index are available. */
  | { readonly type: 'segment_damaged'; readonly path: string; readonly message: string }
  /** The index of the store does not have these segments, which are read instead. */
  | { readonly type: 'index_missing'; readonly segments: number }
  | { readonly type: 'leftovers_swept'; readonly files: number }
  /** A run is stored, but a reference to it could not be written; the next opening writes it. */
  | { readonly type: 'ref_owed'; readonly path: string; readonly run: RunId; readonly message: string }
  /** A run is stored, but may be missing after a power failure. */
  | { readonly type: 'record_not_synced'; readonly path: string; readonly message: string }
  | { readonly type: 'refs_completed'; readonly refs: number }
  /** The file system does not support syncing directories. */
  | { readonly type: 'directories_not_synced' }
  | { readonly type: 'waiting'; readonly holder: string };

/** One line for display. */
export function describeNotice(notice: StoreNotice): string {
  switch (notice.type) {
    case 'blob_healed':
      return `replaced the corrupt ${notice.path} by a fresh copy; the damaged bytes are in ${notice.kept}`;
    case 'record_unreadable':
      return `ignored ${notice.path}: ${notice.message}`;
    case 'segment_damaged':
      return `${notice.path} ${notice.message}; aether store verify lists the affected runs`;
    case 'index_missing':
      return `reading ${String(notice.segments)} segments that are not in the index; the next command that writes adds them`;
    case 'leftovers_swept':
      return notice.files === 1
        ? 'removed 1 unfinished file of a process that ended'
        : `removed ${String(notice.files)} unfinished files of processes that ended`;
    case 'ref_owed':
      return `run ${notice.run} is stored, but ${notice.path} does not name it yet: ${notice.message}`;
    case 'record_not_synced':
      return `${notice.path} is stored, but may be missing after a power failure: ${notice.message}`;
    case 'refs_completed':
      return notice.refs === 1
        ? 'wrote 1 reference that an earlier writer did not write'
        : `wrote ${String(notice.refs)} references that an earlier writer did not write`;
    case 'directories_not_synced':
      return 'this file system does not sync directories: after a power failure the latest runs may be missing';
    case 'waiting':
      return `waiting for ${notice.holder}`;
  }
}
