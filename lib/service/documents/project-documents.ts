import type { DocumentFiles } from '../../base/ports.js';
import type { Checked } from '../../base/problem.js';
import type { GoldenTree } from '../../golden/index.js';
import {
  loadManifests,
  projectOf,
  ProjectRoot,
  type DocumentPlaces,
  type ScenarioRegistry,
} from '../../config/index.js';

export interface ProjectOptions {
  /** Manifests as given by the user. */
  readonly files: readonly string[];
  readonly reader: DocumentFiles;
  readonly places: DocumentPlaces;
  /** The goldens that manifests request; absent if they are not needed. */
  readonly goldens?: GoldenTree;
}

/** The project of each manifest, found once: the roots of documents do not change while the service runs. */
export function projectsOf({ files, reader, places: { root } }: ProjectOptions): Map<string, ProjectRoot> {
  const projects = new Map<string, ProjectRoot>();
  for (const file of files) {
    const project = root === undefined ? projectOf(file, reader) : new ProjectRoot(root, reader);
    project.byName(file);
    projects.set(file, project);
  }
  return projects;
}

/** The documents of the manifests as currently on disk. */
export class ProjectDocuments {
  readonly #options: ProjectOptions;
  readonly #places: DocumentPlaces;

  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#places = { ...options.places, projects: projectsOf(options) };
  }

  /** Loads the manifests, with other texts in place of some files. */
  load(texts: ReadonlyMap<string, string> = new Map()): Checked<ScenarioRegistry> {
    const { files, reader } = this.#options;
    return loadManifests(files, texts.size === 0 ? reader : withTexts(reader, texts), this.#places);
  }
}

function withTexts(reader: DocumentFiles, texts: ReadonlyMap<string, string>): DocumentFiles {
  const bytes = new Map([...texts].map(([path, text]) => [path, Buffer.from(text)]));
  return {
    ...reader,
    kind: (path) => (bytes.has(path) ? 'file' : reader.kind(path)),
    size: (path) => bytes.get(path)?.length ?? reader.size(path),
    read: (path) => bytes.get(path) ?? reader.read(path),
  };
}
