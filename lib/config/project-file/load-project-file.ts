import { dirname, isAbsolute, join } from 'node:path';
import { isLabelKey, LABEL_KEY_FORM } from '../../base/label.js';
import type { DocumentFiles } from '../../base/ports.js';
import type { Checked, Problem } from '../../base/problem.js';
import { checkShape } from '../check-shape.js';
import { DocumentLibrary } from '../document-library.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { checkPattern, type NamedPath } from '../named-path.js';
import { mergeProblems, ProblemList } from '../problem-list.js';
import type { ProjectRoot } from '../project-root.js';
import { PROJECT_SCHEMA, type ProjectDocument } from '../schemas/project.js';
import type { ParsedDocument } from '../source/parsed-document.js';
import { isList, isMap, type DocumentMap, type Path } from '../source/path.js';
import {
  SETTING_NAMES,
  type ProjectFile,
  type ProjectSettings,
  type SettingName,
} from './project-settings.js';

/**
 * Reads a project file. An empty file sets nothing and marks the directory of a project. Every problem has
 * its place; a path that leads out of the project is a problem.
 */
export function loadProjectFile(file: string, files: DocumentFiles): Checked<ProjectFile> {
  const library = new DocumentLibrary(files, DEFAULT_LIMITS);
  const root = library.rootOf(file);
  const refused = library.checkFile(file, root, () => ({ file, line: 0, column: 0, pointer: '' }));
  if (refused) return { ok: false, problems: [refused] };
  const { document, problems: syntax } = library.read(file, 'small');
  if (syntax.length > 0 && syntax.every(({ code }) => code === 'empty-document')) return found(file, {});
  if (!document) return { ok: false, problems: syntax };
  if (document.value === null) return found(file, {});
  const problems = new ProblemList(library.limits.problems);
  checkShape(PROJECT_SCHEMA, document, problems);
  checkPaths(document, { library, root, problems });
  checkLabelKeys(document, problems);
  const all = mergeProblems([syntax, problems.finish()]);
  if (all.length > 0) return { ok: false, problems: all };
  return found(file, settingsOf(document.value as ProjectDocument, dirname(file)), document);
}

function settingsOf(raw: ProjectDocument, directory: string): Partial<ProjectSettings> {
  const { jobs, reporters, labels } = raw;
  const at = (path: string): string => below(directory, path);
  return {
    ...(raw.store === undefined ? {} : { store: at(raw.store) }),
    ...(raw.manifests === undefined ? {} : { manifests: raw.manifests.map(at) }),
    ...(raw.golden === undefined ? {} : { golden: at(raw.golden) }),
    ...(jobs === undefined ? {} : { jobs }),
    ...(reporters === undefined ? {} : { reporters }),
    ...(raw.output === undefined ? {} : { output: at(raw.output) }),
    ...(labels === undefined ? {} : { labels }),
  };
}

function found(
  file: string,
  settings: Partial<ProjectSettings>,
  document?: ParsedDocument,
): Checked<ProjectFile> {
  const set = SETTING_NAMES.filter((name) => settings[name] !== undefined);
  const places = set.map((name) => [name, document!.place([name])] as const);
  return { ok: true, value: { file, settings, places: new Map(places) } };
}

interface PathChecks {
  readonly library: DocumentLibrary;
  readonly root: ProjectRoot;
  readonly problems: ProblemList;
}

const DIRECTORIES = ['store', 'golden', 'output'] as const satisfies readonly SettingName[];

function checkPaths(document: ParsedDocument, { library, root, problems }: PathChecks): void {
  const raw: DocumentMap = isMap(document.value) ? document.value : {};
  const add = (name: SettingName, problem: Problem | undefined): void => {
    if (problem === undefined) return;
    const hint = `give a path outside the project on the command line, with --${name}`;
    problems.add(problem.code === 'outside-root' ? { ...problem, hint } : problem);
  };
  const named = (written: string, place: Path): NamedPath => ({
    path: below(document.directory(), written),
    at: document.place(place),
  });
  for (const name of DIRECTORIES) {
    const written = raw[name];
    if (isName(written)) add(name, library.checkDirectory(named(written, [name]), root));
  }
  const manifests = raw['manifests'];
  for (const [index, written] of (isList(manifests) ? manifests : []).entries())
    if (isName(written)) add('manifests', checkPattern(named(written, ['manifests', index]), root));
}

/** True for a text that the schema accepts as a path. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function below(directory: string, path: string): string {
  return isAbsolute(path) ? path : join(directory, path);
}

function checkLabelKeys(document: ParsedDocument, problems: ProblemList): void {
  const labels = isMap(document.value) ? document.value['labels'] : undefined;
  if (!isMap(labels)) return;
  for (const key of Object.keys(labels).filter((one) => !isLabelKey(one))) {
    problems.at(document, ['labels', key], {
      code: 'bad-format',
      message: 'the key of a label has an invalid form',
      found: JSON.stringify(key),
      expected: LABEL_KEY_FORM,
      part: 'key',
    });
  }
}
