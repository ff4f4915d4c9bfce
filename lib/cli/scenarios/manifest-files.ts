import { lstat, readdir, realpathSync, stat } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import type { Options as FastGlobOptions } from 'fast-glob';
import { errorCode } from '../../base/errors.js';
import { problemAt } from '../../config/problem-list.js';
import { nodeDocumentFiles } from '../../platform/document-files.js';
import { InvalidDocuments, UsageError } from '../command-error.js';

const HINT = 'name manifests with --manifests <glob...>';

/**
 * The files of globs, without duplicates, ascending per glob. A glob that is the name of an existing entry is
 * that entry. All matches are listed, even unreadable ones: reading them reports the problem.
 *
 * @throws UsageError if a glob is empty or has no match
 * @throws InvalidDocuments if a directory on the path cannot be read
 */
export async function manifestFiles(globs: readonly string[]): Promise<string[]> {
  const files = new Map<string, string>();
  for (const glob of globs) {
    if (glob === '') throw new UsageError('the name of a manifest must not be empty', HINT);
    const matches = isNamed(glob) ? [glob] : await expandGlob(glob);
    if (matches.length === 0) throw new UsageError(`${glob} matches no file`, HINT);
    for (const match of matches) {
      const document = documentBehind(match);
      if (!files.has(document)) files.set(document, match);
    }
  }
  return [...files.values()];
}

/** True if an entry with the name exists, even a dangling link, or if the name cannot be looked up. */
export function isNamed(name: string): boolean {
  try {
    return nodeDocumentFiles.entry(name) !== 'missing';
  } catch {
    return !MAGIC.test(name);
  }
}

const MAGIC = /[*?[\]{}()!+@]/;

/**
 * Identity of a document under all its names: the file, and the directory that its references are relative
 * to. A dangling name is its own identity, and reading it reports the reason.
 */
function documentBehind(name: string): string {
  try {
    return [realpathSync(dirname(name)), realpathSync(name)].join('\0');
  } catch {
    return name;
  }
}

/** Existing directories are taken literally, including all their characters; only the rest is a pattern. */
async function expandGlob(glob: string): Promise<string[]> {
  const { base, pattern } = splitGlob(glob);
  const matches = await matchesOf(base, pattern);
  // Brackets are literal if the pattern has no match.
  const found = matches.length > 0 ? matches : await matchesOf(base, pattern.replace(/[[\](){}]/g, '\\$&'));
  return found.map((match) => posix.join(base, match)).sort();
}

function splitGlob(glob: string): { readonly base: string; readonly pattern: string } {
  const steps = glob.split('/');
  let count = 0;
  for (let known = 1; known < steps.length && isDirectory(steps.slice(0, known).join('/') || '/'); known++)
    count = known;
  const base = steps.slice(0, count).join('/');
  const isAbsolute = glob.startsWith('/');
  return { base: base === '' && isAbsolute && count > 0 ? '/' : base, pattern: steps.slice(count).join('/') };
}

function isDirectory(path: string): boolean {
  try {
    return nodeDocumentFiles.kind(path) === 'directory';
  } catch {
    return false;
  }
}

/** The library treats a backslash in the name of a directory as a slash; reading restores the name. */
function readingBelow(base: string): NonNullable<FastGlobOptions['fs']> {
  const whole = resolve(base);
  const mangled = whole.replaceAll('\\', '/');
  if (mangled === whole) return {};
  const restored = (path: string): string =>
    path.startsWith(mangled) ? `${whole}${path.slice(mangled.length)}` : path;
  return {
    lstat: (path, done) => {
      lstat(restored(path), done);
    },
    stat: (path, done) => {
      stat(restored(path), done);
    },
    readdir: ((path: string, options: { withFileTypes: true }, done: never) => {
      readdir(restored(path), options, done);
    }) as never,
  };
}

/** Directories match only if they are named like a document: `m/*` means the files in `m`. */
async function matchesOf(base: string, pattern: string): Promise<string[]> {
  const { default: fastGlob } = await import('fast-glob');
  try {
    const around = { cwd: base || '.', fs: readingBelow(base) };
    const entries = await fastGlob(pattern, { ...around, onlyFiles: false, objectMode: true });
    return entries
      .filter(({ path, dirent }) => !dirent.isDirectory() || /\.(?:ya?ml|json)$/i.test(path))
      .map(({ path }) => path);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const place = { file: posix.join(base, pattern), line: 0, column: 0, pointer: '' };
    const message = `a directory of the pattern cannot be read (${code})`;
    throw new InvalidDocuments([problemAt(place, { code: 'file-unreadable', message })]);
  }
}
