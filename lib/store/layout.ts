import { RUN_NAME } from '../base/run-name.js';
import { AetherError, InvariantError } from '../base/errors.js';
import { parseDigest, type Digest } from '../base/digest.js';
import { parseRunId, type RunId } from '../base/run-id.js';

/** Values of `format` in store.json. In a store of format 2, small blobs and records may be in segments. */
export const STORE_FORMATS = { plain: 'aether-store/1', segmented: 'aether-store/2' } as const;
export type StoreFormat = (typeof STORE_FORMATS)[keyof typeof STORE_FORMATS];

/** Every directory below the root of any store, parents first. */
export const SKELETON = [
  'blobs',
  'blobs/sha256',
  'runs',
  'batches',
  'refs',
  'refs/keys',
  'refs/scenarios',
  'refs/pins',
  'tmp',
  'locks',
  'cache',
] as const;

/** Directory of segments, which combine small files in a store of format 2. */
export const SEGMENTS = 'segments';

/** Every directory below the root of a store of this format, parents first. */
export function skeletonOf(format: StoreFormat): readonly string[] {
  return format === STORE_FORMATS.plain ? SKELETON : [...SKELETON, SEGMENTS];
}

/** Directory of damaged files kept as evidence; created on demand, never read as results. */
export const EVIDENCE = 'damaged';

/** Directory of the log files that documents name; created on demand, never read as results. */
export const LOGS = 'logs';

/** The folder of log files of a store. */
export function logsDirectory(root: string): string {
  return locate(root, LOGS);
}

export const REF_SPACES = ['keys', 'scenarios', 'pins'] as const;
/** keys: input key -> run; scenarios: run name -> latest run; pins: run kept from gc. */
export type RefSpace = (typeof REF_SPACES)[number];

/** Directory of remarks; created on demand. */
export const REMARKS = 'remarks';

export type RecordSpace = 'runs' | 'batches' | typeof REMARKS;

const NAME = new RegExp(RUN_NAME);
const TEMP = /^tmp\/[a-z0-9][a-z0-9.-]{0,127}$/;

/** True for ids and run names that may become a file name; no other text is ever joined to a path. */
export function isStoreName(text: string): boolean {
  return NAME.test(text);
}

/**
 * Refuses an id or run name that is not a valid file name.
 *
 * @throws AetherError STORE_BAD_NAME
 */
export function requireStoreName(text: string, what: string): void {
  if (isStoreName(text)) return;
  throw new AetherError(
    'STORE_BAD_NAME',
    `${what} ${JSON.stringify(text)} cannot be a file name in the store`,
  );
}

/** Paths relative to the root, always with `/`; messages use these names. */
export const relative = {
  format: 'store.json',
  blobFan: (digest: Digest): string => `blobs/sha256/${digest.slice(0, 2)}`,
  blob(digest: Digest): string {
    if (parseDigest(digest) === undefined) throw new InvariantError(`not a digest: ${digest}`);
    return `blobs/sha256/${digest.slice(0, 2)}/${digest.slice(2)}`;
  },
  record: (space: RecordSpace, id: string): string => `${space}/${checked(id)}.json`,
  ref: (space: RefSpace, name: string): string => `refs/${space}/${checked(name)}`,
  segment: (digest: Digest): string => `${SEGMENTS}/${digest}`,
  /** The list of dead places in a segment. */
  deadOf: (digest: Digest): string => `${SEGMENTS}/${digest}.dead`,
  /** An empty file that marks a run in a segment as removed, used when there is no room for a list. */
  goneOf: (digest: Digest, run: string): string => `${SEGMENTS}/${digest}.gone-${checked(run)}`,
  temp: (name: string): string => requireTemp(`tmp/${name}`),
} as const;

function checked(name: string): string {
  if (!isStoreName(name)) throw new InvariantError(`unvalidated name: ${name}`);
  return name;
}

/** Validates a name of a temporary file that comes from another thread. */
export function requireTemp(temp: string): string {
  if (!TEMP.test(temp)) throw new InvariantError(`not a temp file of a store: ${temp}`);
  return temp;
}

/** The id in a file name in runs/ or batches/; undefined for a stray file. */
export function idOfRecordFile(fileName: string): string | undefined {
  if (!fileName.endsWith('.json')) return undefined;
  const id = fileName.slice(0, -5);
  return isStoreName(id) ? id : undefined;
}

/** The id in a file name in runs/; undefined for a stray file. */
export function runOfRecordFile(fileName: string): RunId | undefined {
  return fileName.endsWith('.json') ? parseRunId(fileName.slice(0, -5)) : undefined;
}

/** A file in segments/: a segment, the list of its dead places, or the mark of one removed run. */
export interface SegmentFile {
  readonly is: 'segment' | 'dead' | 'gone';
  /** Digest of the segment. */
  readonly digest: Digest;
  /** Id of the removed run; empty for other files. */
  readonly run: string;
}

/** Parses the name of a file in segments/; undefined for a stray file. */
export function segmentFile(fileName: string): SegmentFile | undefined {
  const digest = parseDigest(fileName.slice(0, 64));
  const rest = fileName.slice(64);
  if (digest === undefined) return undefined;
  if (rest === '' || rest === '.dead') return { is: rest === '' ? 'segment' : 'dead', digest, run: '' };
  const run = rest.startsWith('.gone-') ? rest.slice('.gone-'.length) : '';
  return isStoreName(run) ? { is: 'gone', digest, run } : undefined;
}

/** The digest of a file in blobs/sha256/<fan>; undefined for a stray file. */
export function digestOfBlobFile(fan: string, fileName: string): Digest | undefined {
  return fan.length === 2 ? parseDigest(fan + fileName) : undefined;
}

/**
 * The path of an entry of the store in the file system; '' is the root. Does not use node:path: every publish
 * calls this a hundred times, and `/` is a separator on every platform.
 */
export function locate(root: string, path: string): string {
  return path === '' ? root : `${root}/${path}`;
}
