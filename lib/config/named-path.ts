import type { DocumentFiles } from '../base/ports.js';
import { errorCode } from '../base/errors.js';
import type { Problem } from '../base/problem.js';
import { problemAt } from './problem-list.js';
import type { ProjectRoot, Reach } from './project-root.js';
import { checkFile } from './source/read-document.js';
import type { Place } from './source/view.js';

/** Control characters and separators of lines: no path needs them, and they break whatever prints it. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** A path that a document or a command line names, and where it does. */
export interface NamedPath {
  /** As it is opened: relative to the working directory, or absolute. */
  readonly path: string;
  readonly at: Place;
}

/**
 * The reason why a path does not name a document of the project; undefined if it does. A path that leads out of the project by its
 * text is refused without a look at the disk.
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

/** True if links lead the path out. A path that cannot be followed is left to the check of its kind. */
function isLink(path: string, root: ProjectRoot): boolean {
  try {
    return root.byLinks(path) === 'outside';
  } catch {
    return false;
  }
}

/** The reason why a path does not name a directory of the project, which need not exist yet; undefined if it does. */
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

/** A step of a pattern's alternatives that leads up, which no joined path shows. */
const UPWARDS = /[{,(|]\.\.(?:[/,})|]|$)/;

/** The reason why a pattern of paths leads out of the project by its text; undefined if it does not. */
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
