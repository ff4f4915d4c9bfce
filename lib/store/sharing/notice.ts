import type { Digest } from '../../base/digest.js';

/** Something the user should hear about that stops nothing. */
export type StoreNotice =
  | { readonly type: 'blob_healed'; readonly digest: Digest; readonly path: string }
  | { readonly type: 'record_unreadable'; readonly path: string; readonly message: string }
  | { readonly type: 'leftovers_swept'; readonly files: number }
  /** The file system keeps names of files by itself; it cannot be asked to. */
  | { readonly type: 'directories_not_synced' }
  | { readonly type: 'waiting'; readonly holder: string };

/** One line for people. */
export function describeNotice(notice: StoreNotice): string {
  switch (notice.type) {
    case 'blob_healed':
      return `replaced the corrupt ${notice.path} by a fresh copy`;
    case 'record_unreadable':
      return `ignored ${notice.path}: ${notice.message}`;
    case 'leftovers_swept':
      return notice.files === 1
        ? 'removed 1 unfinished file of a process that is gone'
        : `removed ${String(notice.files)} unfinished files of processes that are gone`;
    case 'directories_not_synced':
      return 'this file system does not sync directories: after a power failure the latest runs may be missing';
    case 'waiting':
      return `waiting for ${notice.holder}`;
  }
}
