import { AetherError } from '../../base/errors.js';
import type { TreePlatform } from '../../base/ports.js';
import { ScenarioList, type ManifestScenario, type ProjectRoot } from '../../config/index.js';
import type { DocumentReader, DocumentTask } from '../documents/document-reader.js';
import type { TaskArguments } from '../reading/task-reader.js';
import type { ScenarioDocuments, Fresh } from '../documents/scenario-documents.js';
import { requireScenario } from '../documents/registry-questions.js';
import { Refusal } from '../refusal.js';
import { shownFile } from '../shown-text.js';

export interface CatalogueOptions {
  /** Manifests as given by the user. */
  readonly files: readonly string[];
  readonly documents: DocumentReader;
  readonly platform: TreePlatform;
  readonly projects: readonly ProjectRoot[];
}

/** Tasks that read the manifests again. */
type FreshTask = {
  [K in DocumentTask]: ReturnType<ScenarioDocuments[K]> extends Fresh<unknown> ? K : never;
}[DocumentTask];

/** The result of a fresh task, with the current scenarios. */
export interface Asked<T> {
  readonly list: ScenarioList;
  readonly value: T;
}

/**
 * The scenarios of the loaded manifests. A manifest that changes on disk is read again; an invalid one leaves
 * the last valid list.
 */
export class ScenarioCatalogue {
  readonly files: readonly string[];
  readonly documents: DocumentReader;
  readonly #options: CatalogueOptions;
  #list: ScenarioList;
  #seen: string;
  #loading: Promise<void> | undefined;

  /** @param list current content of the files */
  constructor(options: CatalogueOptions, list: ScenarioList) {
    this.files = options.files;
    this.documents = options.documents;
    this.#options = options;
    this.#list = list;
    this.#seen = this.#stamp();
  }

  /** The last list; an old one is refreshed in the background. Never waits for documents. */
  get known(): ScenarioList {
    if (this.#loading === undefined && this.#stamp() !== this.#seen) void this.current();
    return this.#list;
  }

  /**
   * The current list, for callers that can wait; at most one check of the disk per manifest while nothing
   * changes.
   */
  async current(): Promise<ScenarioList> {
    while (this.#loading !== undefined || this.#stamp() !== this.#seen) {
      this.#loading ??= this.#reload().finally(() => (this.#loading = undefined));
      await this.#loading;
    }
    return this.#list;
  }

  async #reload(): Promise<void> {
    const seen = this.#stamp();
    try {
      await this.ask('load');
    } catch (error) {
      // Keep the last valid list.
      if (!(error instanceof Refusal)) throw error;
    }
    this.#seen = seen;
  }

  /**
   * The list from the current documents.
   *
   * @throws Refusal invalid-document
   */
  async fresh(): Promise<ScenarioList> {
    return (await this.ask('load')).list;
  }

  /**
   * Performs a task that reads the manifests again, and updates the list.
   *
   * @throws Refusal invalid-document, also for documents that exhaust the memory of their reader; as the task
   * does
   */
  async ask<K extends FreshTask>(
    task: K,
    ...args: TaskArguments<ScenarioDocuments, K>
  ): Promise<Asked<ReturnType<ScenarioDocuments[K]>['value']>> {
    const seen = this.#stamp();
    const { scenarios, value } = await this.#answer(task, args);
    const list = new ScenarioList(scenarios);
    this.#list = list;
    this.#seen = seen;
    return { list, value };
  }

  async #answer<K extends FreshTask>(
    task: K,
    args: TaskArguments<ScenarioDocuments, K>,
  ): Promise<ReturnType<ScenarioDocuments[K]>> {
    try {
      return (await this.documents.ask(task, ...args)) as ReturnType<ScenarioDocuments[K]>;
    } catch (error) {
      if (!(error instanceof AetherError) || error.code !== 'WORKER_OUT_OF_MEMORY') throw error;
      throw new Refusal('invalid-document', `The documents are too large: ${error.message}`);
    }
  }

  /**
   * Refuses a document that a symbolic link leads out of every project since it was loaded.
   *
   * @throws Refusal invalid-document
   */
  requireInside(file: string): void {
    if (this.#options.projects.some((known) => known.byLinks(file) === 'inside')) return;
    throw new Refusal('invalid-document', `${shownFile(file)} leads out of the project`);
  }

  /** @throws Refusal unknown-scenario, with similar names */
  async require(id: string): Promise<ManifestScenario> {
    return requireScenario(await this.current(), id);
  }

  #stamp(): string {
    return this.files
      .map((file) => {
        const entry = this.#options.platform.files.stat(file);
        return entry === undefined
          ? '-'
          : `${String(entry.ino)} ${String(entry.mtimeMs)} ${String(entry.size)}`;
      })
      .join('\n');
  }
}
