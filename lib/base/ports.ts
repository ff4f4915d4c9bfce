/** Wall clock; injected so that tests and hashed data never depend on the time of day. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

/** What a path names, without following a final symlink. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other' | 'missing';

/** Reading side of a file system; synchronous because documents are read before anything runs. */
export interface DocumentFiles {
  /** Kind of the entry after following symlinks ('symlink' only for a dangling one). */
  kind(path: string): EntryKind;
  /** Size in bytes; throws a Node error when missing. */
  size(path: string): number;
  /** Whole content; throws a Node error when missing or unreadable. */
  read(path: string): Uint8Array;
}
