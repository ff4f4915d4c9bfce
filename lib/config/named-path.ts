import type { DocumentFiles } from '../base/ports.js';
import { errorCode } from '../base/errors.js';
import type { Problem } from '../base/problem.js';
import { problemAt } from './problem-list.js';
import type { ProjectRoot, Reach } from './project-root.js';
import { checkFile } from './source/read-document.js';
import type { Place } from './source/view.js';

/** Control characters and line separators: no path needs them, and they corrupt output. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** A path named by a document or a command line, and the place that names it. */
export interface NamedPath {
  /** The path to open: relative to the working directory, or absolute. */
  readonly path: string;
  readonly at: Place;
}

/**
 * Why a path does not name a document of the project; undefined if it does. A path whose text leads out of
 * the project is refused without reading the disk.
 */
export function checkDocument(
  named: NamedPath,
  root: ProjectRoot,
  files: DocumentFiles,
): Problem | undefined {
  return (
    checkText(named) ??
    outside(named, root, root.byName(named.path)) ??
    (isLink(named.path, root) ? outside(named, root, 'outside') : undefined) ??
    checkFile(named.path, files, named.at)
  );
}

/**
 * True if symbolic links lead the path out of the project. A path that cannot be followed is left to the
 * check of its kind.
 */
function isLink(path: string, root: ProjectRoot): boolean {
  try {
    return root.byLinks(path) === 'outside';
  } catch {
    return false;
  }
}

/** Why a path does not name a directory of the project, which need not exist yet; undefined if it does. */
export function checkDirectory(
  named: NamedPath,
  root: ProjectRoot,
  files: DocumentFiles,
): Problem | undefined {
  const problem = checkText(named) ?? outside(named, root, root.byName(named.path));
  if (problem) return problem;
  try {
    const led = outside(named, root, root.byLinks(named.path));
    const kind = files.kind(named.path);
    if (led || kind === 'missing' || kind === 'directory') return led;
  } catch (error) {
    const message = `${named.path} cannot be followed (${errorCode(error) ?? 'unknown reason'})`;
    return problemAt(named.at, { code: 'not-a-directory', message, expected: 'a directory' });
  }
  const message = `${named.path} is not a directory`;
  return problemAt(named.at, { code: 'not-a-directory', message, expected: 'a directory' });
}

/** A component `..` inside the alternatives of a pattern, which path normalisation does not detect. */
const UPWARDS = /[{,(|]\.\.(?:[/,})|]|$)/;

/** Why the text of a path pattern leads out of the project; undefined if it does not. */
export function checkPattern(named: NamedPath, root: ProjectRoot): Problem | undefined {
  const reach = UPWARDS.test(named.path) ? 'outside' : root.byName(named.path);
  return checkText(named) ?? outside(named, root, reach);
}

function checkText({ path, at }: NamedPath): Problem | undefined {
  if (!CONTROL.test(path)) return undefined;
  return problemAt(at, {
    code: 'bad-path',
    message: 'a path must not contain a control character',
    found: JSON.stringify(path),
  });
}

function outside({ path, at }: NamedPath, root: ProjectRoot, reach: Reach): Problem | undefined {
  if (reach === 'inside') return undefined;
  return problemAt(at, {
    code: 'outside-root',
    message: `${path} leads out of the project`,
    found: path,
    expected: `a path that stays below ${root.directory}`,
    hint: 'copy it into the project, or name a directory above both with --root',
  });
}
