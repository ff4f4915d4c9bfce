import type { DocumentFiles, TreePlatform } from '../../base/ports.js';
import type { Checked } from '../../base/problem.js';
import {
  loadManifests,
  projectOf,
  ProjectRoot,
  type DocumentPlaces,
  type ManifestScenario,
  type ScenarioRegistry,
} from '../../config/index.js';
import { Refusal } from '../http/problems.js';
import { shownFile } from '../shown-text.js';
import { documentErrors } from './document-errors.js';

export interface CatalogueOptions {
  /** Manifests as the user named them. */
  readonly files: readonly string[];
  readonly reader: DocumentFiles;
  readonly platform: TreePlatform;
  readonly places: DocumentPlaces;
}

/** The scenarios of the loaded manifests. A manifest that changes on disk is read again; one that breaks leaves the last sound registry. */
export class ScenarioCatalogue {
  readonly files: readonly string[];
  readonly reader: DocumentFiles;
  readonly #places: DocumentPlaces;
  readonly #platform: TreePlatform;
  #registry: ScenarioRegistry;
  #seen: string;

  /** @param registry what the files hold now */
  constructor(options: CatalogueOptions, registry: ScenarioRegistry) {
    this.files = options.files;
    this.reader = options.reader;
    this.#places = { ...options.places, projects: projectsOf(options) };
    this.#platform = options.platform;
    this.#registry = registry;
    this.#seen = this.#stamp();
  }

  /** The registry for lists; at most one look at the disk per manifest. */
  get registry(): ScenarioRegistry {
    if (this.#stamp() !== this.#seen) {
      const loaded = this.load();
      if (loaded.ok) this.#registry = loaded.value;
      this.#seen = this.#stamp();
    }
    return this.#registry;
  }

  /**
   * The registry from the documents as they stand now, also those that the manifests refer to.
   *
   * @throws Refusal invalid-document
   */
  fresh(): ScenarioRegistry {
    const loaded = this.load();
    if (!loaded.ok) {
      throw new Refusal('invalid-document', 'The manifests do not hold any more', {
        errors: documentErrors(loaded.problems),
      });
    }
    this.#seen = this.#stamp();
    return (this.#registry = loaded.value);
  }

  /** Loads the manifests, with other texts in place of some files. */
  load(texts: ReadonlyMap<string, string> = new Map()): Checked<ScenarioRegistry> {
    const reader = texts.size === 0 ? this.reader : withTexts(this.reader, texts);
    return loadManifests(this.files, reader, this.#places);
  }

  /**
   * Refuses a document that a link leads out of every project since it was loaded.
   *
   * @throws Refusal invalid-document
   */
  requireInside(file: string): void {
    const projects = [...(this.#places.projects?.values() ?? [])];
    if (projects.some((known) => known.byLinks(file) === 'inside')) return;
    throw new Refusal('invalid-document', `${shownFile(file)} leads out of the project`);
  }

  /** @throws Refusal unknown-scenario, with near names */
  require(id: string, registry = this.registry): ManifestScenario {
    const scenario = registry.get(id);
    if (scenario !== undefined) return scenario;
    throw new Refusal('unknown-scenario', `There is no scenario ${id}`, { near: registry.nearest(id) });
  }

  #stamp(): string {
    return this.files
      .map((file) => {
        const entry = this.#platform.files.stat(file);
        return entry === undefined
          ? '-'
          : `${String(entry.ino)} ${String(entry.mtimeMs)} ${String(entry.size)}`;
      })
      .join('\n');
  }
}

/** The project of each manifest, found once: where the documents may lie does not change while the service runs. */
function projectsOf({ files, reader, places: { root } }: CatalogueOptions): Map<string, ProjectRoot> {
  const projects = new Map<string, ProjectRoot>();
  for (const file of files) {
    const project = root === undefined ? projectOf(file, reader) : new ProjectRoot(root, reader);
    project.byName(file);
    projects.set(file, project);
  }
  return projects;
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
