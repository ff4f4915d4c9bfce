import { dirname, resolve } from 'node:path';
import { AetherError } from '../base/errors.js';
import type { TreeFiles, TreePlatform } from '../base/ports.js';
import { locate, relative, skeletonOf, STORE_FORMATS, type StoreFormat } from './layout.js';
import type { StoreNotice } from './sharing/notice.js';
import { formatOf, repairRoot, provesStore, writeFormat } from './root-damage.js';
import { formatIn, isKnownFormat } from './store-format.js';
import { onFile, onFileAsync } from './system-error.js';

const GITIGNORE = '# Written by aether when it made this store.\n*\n';

/** How a store is opened: reading leaves the directory unchanged. */
export type OpenMode = 'read' | 'write';

export interface RootOptions {
  readonly mode: OpenMode;
  readonly platform: TreePlatform;
  readonly notice: (notice: StoreNotice) => void;
  /**
   * Opens a store whose store.json or directories are damaged anyway for reading, and repairs it for writing.
   */
  readonly repair?: boolean;
  /** Format of a new store. */
  readonly format: StoreFormat;
}

/** An opened store. */
export interface OpenedRoot {
  /** Without symlinks. */
  readonly root: string;
  readonly format: StoreFormat;
}

/** True for a store whose only damage can be repaired; never for another format. */
function isRepairable(root: string, files: TreeFiles): boolean {
  const entry = files.stat(locate(root, relative.format));
  const format =
    entry?.kind === 'file' ? formatIn(files.readText(locate(root, relative.format)) ?? '') : undefined;
  return isKnownFormat(format) || (format === undefined && provesStore(root, files));
}

/**
 * Checks that `root` is a store of a known format; for writing, makes it one if it is missing or empty.
 * Hidden entries (`.gitkeep`) do not count. The root may be a symlink, nothing below it may.
 *
 * @throws AetherError STORE_NOT_FOUND (reading only), STORE_NOT_A_STORE, STORE_FORMAT, STORE_SYMLINK, or an
 * error of the file system
 */
export async function openRoot(root: string, options: RootOptions): Promise<OpenedRoot> {
  const { mode, platform, notice } = options;
  const { files } = platform;
  const isRepaired = options.repair === true && onFile('look at', root, () => isRepairable(root, files));
  if (isRepaired && mode === 'write')
    await onFileAsync('repair', root, () => repairRoot(files.realPath(root), platform));
  const standing = isRepaired || onFile('look at', root, () => checkFormat(root, files));
  if (mode === 'read' && !standing) throw new AetherError('STORE_NOT_FOUND', `there is no store at ${root}`);
  return onFileAsync(mode === 'read' ? 'read' : 'create', root, async () => {
    if (mode === 'write') await files.makeDirectories(resolve(root));
    const real = files.realPath(root);
    if (!standing) {
      keepFromGit(real, files);
      await writeFormat(real, platform, options.format);
    }
    const format = formatOf(real, files);
    if (mode === 'write' && !(await makeSkeleton(real, files, format)))
      notice({ type: 'directories_not_synced' });
    if (!(isRepaired && mode === 'read')) refuseSymlinks(real, files);
    return { root: real, format };
  });
}

/** True for a store of a known format, false if one can be created; throws otherwise. */
function checkFormat(root: string, files: TreeFiles): boolean {
  if (hasFormat(root, files)) return true;
  const entry = files.stat(root);
  if (entry === undefined) return false;
  if (entry.kind === 'file') throw notAStore(root, 'is a file');
  const inside = files.list(root).find(({ name }) => !name.startsWith('.'));
  if (inside === undefined) return false;
  // The directory may be a store that another process has just started to create: store.json is written
  // first.
  if (hasFormat(root, files)) return true;
  const found = `contains ${inside.name} but no store.json`;
  if (!provesStore(root, files)) throw notAStore(root, found);
  throw new AetherError('STORE_NOT_A_STORE', `${root} ${found}${wayOut(root, files)}`);
}

/** True if there is a store.json of a known format, false if there is none; throws for another format. */
function hasFormat(root: string, files: TreeFiles): boolean {
  const text = files.readText(locate(root, relative.format));
  if (text === undefined) return false;
  const format = formatIn(text);
  if (isKnownFormat(format)) return true;
  if (format === undefined)
    throw new AetherError('STORE_FORMAT', `${root}: store.json is damaged${wayOut(root, files)}`);
  throw new AetherError(
    'STORE_FORMAT',
    `${root} has format ${format}; this version reads ${Object.values(STORE_FORMATS).join(' and ')}`,
  );
}

function wayOut(root: string, files: TreeFiles): string {
  return provesStore(root, files) ? '; aether store verify --repair restores it' : '';
}

function notAStore(root: string, why: string): AetherError {
  return new AetherError('STORE_NOT_A_STORE', `${root} ${why}; it is not an artefact store`);
}

/**
 * Keeps the store out of `git add` of the surrounding project. An existing .gitignore belongs to the user,
 * and the store works without one.
 */
function keepFromGit(root: string, files: TreeFiles): void {
  try {
    files.create(locate(root, '.gitignore'), GITIGNORE, 0o644);
  } catch {
    // See above.
  }
}

/**
 * Syncs the parents even if nothing was missing: the process that created them may not have synced them.
 * False if the file system does not sync directories.
 */
async function makeSkeleton(root: string, files: TreeFiles, format: StoreFormat): Promise<boolean> {
  const skeleton = skeletonOf(format);
  for (const directory of skeleton) files.makeDirectory(locate(root, directory));
  const parents = new Set(skeleton.map((directory) => dirname(directory)));
  let synced = true;
  for (const parent of parents) synced = (await files.syncsNames(locate(root, parent))) && synced;
  return synced;
}

/** A symlink could lead a write, or gc, out of the tree. */
function refuseSymlinks(root: string, files: TreeFiles): void {
  const places = ['', 'blobs', 'blobs/sha256', 'refs'];
  for (const place of places) {
    for (const { name, kind } of files.list(locate(root, place))) {
      if (kind !== 'symlink') continue;
      const path = place === '' ? name : `${place}/${name}`;
      throw new AetherError('STORE_SYMLINK', `${root} contains a symbolic link: ${path}`);
    }
  }
}
