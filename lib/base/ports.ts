/** Time; injected so that tests and hashed data do not depend on the clock. */
export interface Clock {
  /**
   * Wall clock in milliseconds since the Unix epoch. It may be changed at any time: use it for labels, never
   * for measuring.
   */
  now(): number;
  /**
   * Milliseconds since an arbitrary moment, for durations, limits and pauses. Never decreases. Compare only
   * readings of the same thread.
   */
  monotonic(): number;
}

/** Kind of the entry at a path; a final symlink is not followed. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other' | 'missing';

/** Reading side of a file system; synchronous because documents are read before anything runs. */
export interface DocumentFiles {
  /** Kind of the entry after following symlinks ('symlink' only for a dangling one). */
  kind(path: string): EntryKind;
  /** Kind of the entry itself: a final symlink is not followed. */
  entry(path: string): EntryKind;
  /** The absolute path without symlinks; throws a Node error if the target is missing. */
  realPath(path: string): string;
  /** Size in bytes; throws a Node error when missing. */
  size(path: string): number;
  /**
   * The whole content; throws a Node error if the file is missing, unreadable or not a regular file. Never
   * waits for a writer.
   */
  read(path: string): Uint8Array;
}

/** Result of `TreeFiles.stat`; never about the target of a symlink. */
export interface TreeEntry {
  readonly kind: EntryKind;
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Distinguishes a replaced file from the earlier one. */
  readonly ino: number;
}

/** One name in a directory. */
export interface TreeName {
  readonly name: string;
  readonly kind: EntryKind;
}

/**
 * A file tree with durable writes. Every method throws the Node error unless stated otherwise. Obligations:
 * no method except `realPath` and `list` follows a symlink in the last component; every read refuses what is
 * not a regular file, without waiting for it (EISDIR, ELOOP, EFTYPE); `rename` replaces its target
 * atomically, but never a non-empty directory; after `sync(file)` its bytes, and after `sync(directory)` its
 * names, survive a power failure.
 */
export interface TreeFiles {
  /** The path without symlinks; throws if it does not exist. */
  realPath(path: string): string;
  /** Undefined if it does not exist. */
  stat(path: string): TreeEntry | undefined;
  /** Names in a directory, ascending by code unit; empty if it is missing. */
  list(path: string): readonly TreeName[];
  /**
   * Passes the names in a directory to `use`, in any order, without holding them all; none if it is missing.
   */
  eachName(path: string, use: (name: string) => void): void;
  /** Creates one directory; false if it exists. Its name is durable once its parent is synced. */
  makeDirectory(path: string): boolean;
  /**
   * Creates a directory and all missing parents. Their names are durable on return, including those that a
   * killed process created earlier.
   */
  makeDirectories(path: string): Promise<void>;
  /**
   * Creates a file that must not exist and writes all bytes; on failure removes it and throws. Not yet
   * durable.
   */
  create(path: string, bytes: Uint8Array | string, mode: number): void;
  /** Whole content; undefined when missing. */
  readText(path: string): string | undefined;
  /** Whole content, read off the main thread. */
  readBytes(path: string): Promise<Uint8Array>;
  /** Up to `length` bytes from offset `from`; less only at the end of the file. */
  readRange(path: string, from: number, length: number): Uint8Array;
  /**
   * Like `readRange`, into bytes of the caller; `into.length` bytes at most. Repeated reads allocate nothing.
   */
  readInto(path: string, from: number, into: Uint8Array): Uint8Array;
  /** Passes the content in pieces, each valid only during the call. */
  readPieces(path: string, use: (piece: Uint8Array) => void): void;
  /** Creates a hard link, which takes no inode; throws if the file system has no hard links. */
  link(from: string, to: string): void;
  rename(from: string, to: string): void;
  /** Removes a file; false if it does not exist. */
  remove(path: string): boolean;
  /** Removes an empty directory; false if it does not exist or is not empty. */
  removeDirectory(path: string): boolean;
  /** Sets the modification time to now. */
  touch(path: string): void;
  /**
   * Makes the bytes of a file, or the names in a directory, durable. Holds one file descriptor during the
   * call. On a file system that does not sync directories, names are as durable as the file system makes
   * them.
   */
  sync(path: string): Promise<void>;
  /** False for a directory on a file system that does not sync directories. */
  syncsNames(directory: string): Promise<boolean>;
}

/** A file open for appending. */
export interface GrowingFile {
  append(bytes: Uint8Array | string): void;
  close(): void;
}

/** Files that grow while others read them. Appended bytes need not survive a power failure. */
export interface GrowingFiles {
  /**
   * Opens a file for appending, and creates it if it is missing: with default permissions, unless `private`.
   * `new` fails with EEXIST if the path exists.
   */
  open(path: string, access?: 'private' | 'new'): GrowingFile;
  /** Up to `length` bytes from an offset; less at the end, none if the file is missing. */
  read(path: string, from: number, length: number): Promise<Uint8Array>;
  /** Size in bytes; 0 if the file is missing. */
  size(path: string): number;
}

/** Identifies a process, even after its pid is reused. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in units of the platform; '' if the platform does not provide it. */
  readonly start: string;
  /** Where its pid is valid: a digest of host, boot and pid namespace, lower-case hex. */
  readonly scope: string;
}

/** The processes that share a directory. */
export interface Processes {
  readonly self: ProcessIdentity;
  /** Number of this thread within the process; 0 for the main thread. */
  readonly thread: number;
  /** Text such as `host pid n`, for messages. */
  readonly label: string;
  /**
   * `unknown` if the process belongs to another scope, or if the platform cannot distinguish it from a
   * successor.
   */
  condition(identity: ProcessIdentity): 'alive' | 'gone' | 'unknown';
  /** Resolves after `milliseconds`. */
  pause(milliseconds: number): Promise<void>;
  /** Calls `call` at an interval without keeping the process alive; returns a function that stops it. */
  every(milliseconds: number, call: () => void): () => void;
}

/** Ports of a room that works on a file tree. */
export interface TreePlatform {
  readonly files: TreeFiles;
  readonly processes: Processes;
  readonly clock: Clock;
}
