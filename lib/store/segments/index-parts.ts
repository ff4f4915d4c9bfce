import type { Digest } from '../../base/digest.js';
import type { TreeFiles } from '../../base/ports.js';
import { locate } from '../layout.js';
import {
  BlockKeep,
  IndexPart,
  type CoveredSegment,
  type NameKind,
  type PartLost,
  type UnsavedPart,
} from './index-part.js';

const CACHE = 'cache';
const PART = /^index-1-[0-9a-f]{16}\.part$/;

/** Path of a part below the root of the store. */
export function partPath(digest: Digest): string {
  return `${CACHE}/index-1-${digest.slice(0, 16)}.part`;
}

/** Maximum of blocks in memory: 64 MiB. */
const BLOCKS_KEPT = 2048;

/**
 * The index of the segments of a store: immutable parts in `cache/`, each about other segments. It is opened without
 * reading the segments, and shared by all processes. A cache: a segment that no part covers is read itself, and all parts
 * can be deleted.
 */
export class IndexParts {
  readonly #files: TreeFiles;
  readonly #root: string;
  readonly #keep = new BlockKeep(BLOCKS_KEPT);
  #parts: ReadonlyMap<string, IndexPart> = new Map();
  /** About segments that the files do not cover. */
  #unsaved: readonly UnsavedPart[] = [];
  #covered: ReadonlyMap<Digest, { readonly part: IndexPart; readonly about: CoveredSegment }> = new Map();
  /** Paths of files that are damaged. */
  readonly damaged = new Set<string>();

  constructor(root: string, files: TreeFiles) {
    this.#root = root;
    this.#files = files;
  }

  /** Reads which parts there are now. */
  load(): void {
    const parts = new Map<string, IndexPart>();
    for (const { name } of this.#files.list(locate(this.#root, CACHE))) {
      const path = locate(this.#root, `${CACHE}/${name}`);
      if (!PART.test(name) || this.damaged.has(path)) continue;
      const part = this.#parts.get(path) ?? IndexPart.open(this.#files, path, this.#keep);
      if (part !== undefined) parts.set(path, part);
      else if (this.#files.stat(path) !== undefined) this.damaged.add(path);
    }
    const covered = new Map<Digest, { readonly part: IndexPart; readonly about: CoveredSegment }>();
    for (const part of parts.values())
      for (const about of part.segments) covered.set(about.digest, { part, about });
    this.#parts = parts;
    this.#covered = covered;
    this.#unsaved = this.#unsaved.filter(({ segments }) => segments.some((digest) => !covered.has(digest)));
  }

  /** Adds entries that stay in memory until files have them. */
  addUnsaved(part: UnsavedPart): void {
    this.#unsaved = [...this.#unsaved, part];
  }

  /** Handles a part that cannot be read: unless another process has removed it, it is damaged. */
  lose({ part }: PartLost): void {
    if (this.#files.stat(part.path) !== undefined) this.damaged.add(part.path);
    this.load();
  }

  get parts(): readonly IndexPart[] {
    return [...this.#parts.values()];
  }

  /** The segment as a file describes it; undefined if none does. */
  about(digest: Digest): CoveredSegment | undefined {
    return this.#covered.get(digest)?.about;
  }

  /** True if a file or the memory has the entries of a segment. */
  covers(digest: Digest): boolean {
    return this.#covered.has(digest) || this.#unsaved.some((part) => part.has(digest));
  }

  /** Segments that may contain a name; one may be there twice. @throws PartLost */
  candidates(kind: NameKind, name: string): readonly Digest[] {
    if (this.#parts.size + this.#unsaved.length === 0) return NONE;
    const found: Digest[] = this.#unsaved.flatMap((part) => part.candidates(kind, name));
    for (const part of this.#parts.values()) found.push(...part.candidates(kind, name));
    return found;
  }

  /** The rows of the runs of a covered segment, as lines of JSON; undefined if no part covers it. @throws PartLost */
  rows(digest: Digest): readonly string[] | undefined {
    return this.#covered.get(digest)?.part.rows(digest);
  }
}

const NONE: readonly never[] = [];
