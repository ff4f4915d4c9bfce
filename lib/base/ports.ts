/** Time; injected so that tests and hashed data never depend on the time of day. */
export interface Clock {
  /** The wall clock, in milliseconds since the Unix epoch. It may be set at any moment: it labels, and measures nothing. */
  now(): number;
  /**
   * Milliseconds since some moment in the past, for durations, limits and pauses. Never runs backwards. Only readings
   * of one thread may be compared.
   */
  monotonic(): number;
}

/** What a path names, without following a final symlink. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other' | 'missing';

/** Reading side of a file system; synchronous because documents are read before anything runs. */
export interface DocumentFiles {
  /** Kind of the entry after following symlinks ('symlink' only for a dangling one). */
  kind(path: string): EntryKind;
  /** Kind of the entry itself: a final symlink is not followed. */
  entry(path: string): EntryKind;
  /** The absolute path without symlinks; throws a Node error when it leads nowhere. */
  realPath(path: string): string;
  /** Size in bytes; throws a Node error when missing. */
  size(path: string): number;
  /** Whole content; throws a Node error when missing, unreadable or no regular file. Never waits for a writer. */
  read(path: string): Uint8Array;
}

/** What `TreeFiles.stat` tells; never about the target of a symlink. */
export interface TreeEntry {
  readonly kind: EntryKind;
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Tells a replaced file from the one seen before. */
  readonly ino: number;
}

/** One name in a directory. */
export interface TreeName {
  readonly name: string;
  readonly kind: EntryKind;
}

/**
 * A file tree that is written durably. Every method throws the Node error it met, unless it says otherwise. Obligations:
 * no method but `realPath` and `list` follows a symlink in the last component; what is no plain file is refused by
 * whatever reads, and never waited for (EISDIR, ELOOP, EFTYPE); `rename` replaces its target atomically, but never a
 * directory that holds something; after `sync(file)` its bytes, and after `sync(directory)` its names, survive a power
 * failure.
 */
export interface TreeFiles {
  /** The path without symlinks; throws when nothing is there. */
  realPath(path: string): string;
  /** Undefined when nothing is there. */
  stat(path: string): TreeEntry | undefined;
  /** Names in a directory, ascending by code unit; empty when it is missing. */
  list(path: string): readonly TreeName[];
  /** Hands over the names in a directory in no order and without holding them; none when it is missing. */
  eachName(path: string, use: (name: string) => void): void;
  /** Creates one directory; false when it already was there. Its name is durable once its parent is synced. */
  makeDirectory(path: string): boolean;
  /**
   * Creates a directory and whatever is missing above it. Their names are durable on return, also where a process that
   * was killed had made some of them.
   */
  makeDirectories(path: string): Promise<void>;
  /** Creates a file that must not exist and writes all the bytes, or removes it again and throws. Not yet durable. */
  create(path: string, bytes: Uint8Array | string, mode: number): void;
  /** Whole content; undefined when missing. */
  readText(path: string): string | undefined;
  /** Whole content, read off the main thread. */
  readBytes(path: string): Promise<Uint8Array>;
  /** Up to `length` bytes from offset `from`; fewer only at the end of the file. */
  readRange(path: string, from: number, length: number): Uint8Array;
  /** As `readRange` into bytes of the caller, and as many as they are: those who read on take no memory again. */
  readInto(path: string, from: number, into: Uint8Array): Uint8Array;
  /** Hands over the content in pieces that are only valid during the call. */
  readPieces(path: string, use: (piece: Uint8Array) => void): void;
  /** Gives a file a second name, which takes no inode; throws where the file system has no such links. */
  link(from: string, to: string): void;
  rename(from: string, to: string): void;
  /** Removes a file; false when it was not there. */
  remove(path: string): boolean;
  /** Removes a directory that is empty; false when it was not there, or holds something. */
  removeDirectory(path: string): boolean;
  /** Sets the modification time to now. */
  touch(path: string): void;
  /**
   * Makes a file's bytes, or a directory's names, durable. Holds one descriptor while it runs. On a file system that
   * does not sync directories, names are as durable as it makes them by itself.
   */
  sync(path: string): Promise<void>;
  /** False for a directory on a file system that does not sync directories. */
  syncsNames(directory: string): Promise<boolean>;
}

/** A file being appended to. */
export interface GrowingFile {
  append(bytes: Uint8Array | string): void;
  close(): void;
}

/** Files that grow while others read them. What is appended need not survive a power failure. */
export interface GrowingFiles {
  /**
   * Creates the file when it is missing: open to others as any file is, unless it is private. One that must be new is
   * refused with EEXIST when something is there already.
   */
  open(path: string, access?: 'private' | 'new'): GrowingFile;
  /** Up to `length` bytes from an offset; fewer at the end, none when the file is missing. */
  read(path: string, from: number, length: number): Promise<Uint8Array>;
  /** Bytes there are; 0 when the file is missing. */
  size(path: string): number;
}

/** Enough to recognise a process again, whatever its pid is reused for. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in units of the platform; '' where the platform does not tell. */
  readonly start: string;
  /** Where its pid means something: a digest of host, boot and pid namespace, lower-case hex. */
  readonly scope: string;
}

/** Knowledge about processes that share a directory. */
export interface Processes {
  readonly self: ProcessIdentity;
  /** Number of this thread within the process; 0 is the main one. */
  readonly thread: number;
  /** `host pid n` and the like, for people. */
  readonly label: string;
  /** `unknown` when the process belongs to another scope, or when the platform cannot tell it from a successor. */
  condition(identity: ProcessIdentity): 'alive' | 'gone' | 'unknown';
  /** Resolves after that many milliseconds. */
  pause(milliseconds: number): Promise<void>;
  /** Calls back regularly without keeping the process alive; the result stops it. */
  every(milliseconds: number, call: () => void): () => void;
}

/** What a room that works on a file tree needs from its surroundings. */
export interface TreePlatform {
  readonly files: TreeFiles;
  readonly processes: Processes;
  readonly clock: Clock;
}
