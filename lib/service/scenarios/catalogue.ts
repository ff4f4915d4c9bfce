import type { DocumentFiles, TreePlatform } from '../../base/ports.js';
import type { Checked } from '../../base/problem.js';
import { loadManifests, type ManifestScenario, type ScenarioRegistry } from '../../config/index.js';
import { Refusal } from '../http/problems.js';
import { documentErrors } from './document-errors.js';

export interface CatalogueOptions {
  /** Manifests as the user named them. */
  readonly files: readonly string[];
  readonly reader: DocumentFiles;
  readonly platform: TreePlatform;
}

/** The scenarios of the loaded manifests. A manifest that changes on disk is read again; one that breaks leaves the last sound registry. */
export class ScenarioCatalogue {
  readonly files: readonly string[];
  readonly reader: DocumentFiles;
  readonly #platform: TreePlatform;
  #registry: ScenarioRegistry;
  #seen: string;

  /** @param registry what the files hold now */
  constructor(options: CatalogueOptions, registry: ScenarioRegistry) {
    this.files = options.files;
    this.reader = options.reader;
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
    return loadManifests(this.files, texts.size === 0 ? this.reader : withTexts(this.reader, texts));
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

function withTexts(reader: DocumentFiles, texts: ReadonlyMap<string, string>): DocumentFiles {
  const bytes = new Map([...texts].map(([path, text]) => [path, Buffer.from(text)]));
  return {
    kind: (path) => (bytes.has(path) ? 'file' : reader.kind(path)),
    size: (path) => bytes.get(path)?.length ?? reader.size(path),
    read: (path) => bytes.get(path) ?? reader.read(path),
  };
}
