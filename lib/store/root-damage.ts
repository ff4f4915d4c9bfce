import type { TreeFiles, TreePlatform } from '../base/ports.js';
import { DiskReader } from './disk-reader.js';
import {
  locate,
  relative,
  SEGMENTS,
  SKELETON,
  skeletonOf,
  STORE_FORMATS,
  type StoreFormat,
} from './layout.js';
import { FORMAT_TEMP, formatIn, formatText, isKnownFormat } from './store-format.js';
import type { StoreProblem } from './store-problem.js';
import { uniqueName } from './sharing/process-tag.js';
import { setAside } from './upkeep/set-aside.js';

/** Number of known top-level directories that identify a store. */
const PROOF = 4;

/** True for a directory that is a store except for its store.json. */
export function provesStore(root: string, files: TreeFiles): boolean {
  const top = SKELETON.filter((path) => !path.includes('/'));
  const there = top.filter((path) => files.stat(locate(root, path))?.kind === 'directory');
  return there.length >= PROOF;
}

/** Damage of store.json and of the directories that every store has. */
export function rootDamage(root: string, files: TreeFiles): readonly StoreProblem[] {
  const problems: StoreProblem[] = [];
  const format = formatDamage(root, files);
  if (format !== undefined) problems.push({ type: 'format_damaged', path: relative.format, message: format });
  const misplaced = new Set<string>();
  for (const path of skeletonOf(formatOf(root, files))) {
    // Skip everything below an entry that is not a directory.
    if (misplaced.has(path.split('/')[0]!)) continue;
    const kind = files.stat(locate(root, path))?.kind;
    if (kind === undefined || kind === 'directory') continue;
    misplaced.add(path);
    problems.push({ type: 'misplaced', path, message: `is ${NAMES[kind] ?? kind}, not a directory` });
  }
  return problems;
}

const NAMES: Readonly<Record<string, string>> = {
  file: 'a file',
  symlink: 'a symbolic link',
  other: 'a pipe, socket or device',
};

function formatDamage(root: string, files: TreeFiles): string | undefined {
  const entry = files.stat(locate(root, relative.format));
  if (entry === undefined) return 'is missing';
  if (entry.kind !== 'file') return `is ${NAMES[entry.kind] ?? 'a directory'}, not a file`;
  const format = formatIn(files.readText(locate(root, relative.format)) ?? '');
  return isKnownFormat(format) ? undefined : 'does not contain the format of the store';
}

/** The format of a store: from store.json, or if that is damaged, from the directories of the store. */
export function formatOf(root: string, files: TreeFiles): StoreFormat {
  const isFile = files.stat(locate(root, relative.format))?.kind === 'file';
  const told = isFile ? formatIn(files.readText(locate(root, relative.format)) ?? '') : undefined;
  if (isKnownFormat(told)) return told;
  const hasSegments = files.stat(locate(root, SEGMENTS))?.kind === 'directory';
  return hasSegments ? STORE_FORMATS.segmented : STORE_FORMATS.plain;
}

/**
 * Restores store.json, and sets aside entries in the place of a directory. The old entries are kept in
 * damaged/. No lock can be held meanwhile, because no process can open the store without these parts.
 */
export async function repairRoot(root: string, platform: TreePlatform): Promise<void> {
  const { files } = platform;
  const reader = new DiskReader(root, files);
  const format = formatOf(root, files);
  for (const { type, path } of rootDamage(root, files)) {
    if (reader.has(path)) await setAside(reader, path);
    if (type === 'format_damaged') await writeFormat(root, platform, format);
  }
}

/** store.json is written first: a crash right after it leaves a store that the next opening completes. */
export async function writeFormat(root: string, platform: TreePlatform, format: StoreFormat): Promise<void> {
  const { files } = platform;
  const temp = locate(root, FORMAT_TEMP + uniqueName(platform.processes));
  files.create(temp, formatText(format), 0o644);
  await files.sync(temp);
  files.rename(temp, locate(root, relative.format));
  await files.sync(root);
}
