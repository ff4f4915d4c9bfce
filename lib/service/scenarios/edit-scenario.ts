import pLimit from 'p-limit';
import type { TreePlatform } from '../../base/ports.js';
import type { ManifestScenario } from '../../config/index.js';
import { requireScenario } from '../documents/registry-questions.js';
import { etagOf, requireMatch } from '../http/etag.js';
import { Refusal } from '../refusal.js';
import { replaceDocuments } from '../state/replace-documents.js';
import type { ScenarioPatch } from '../wire/scenario.js';
import type { ScenarioCatalogue } from './catalogue.js';
import { editsOf, filesOf, placeOf } from './field-edits.js';

/** Maximum size of documents that are edited through the service. */
const DOCUMENT_LIMIT = 256 * 1024;

/** Input of an edit. */
interface EditedVersion {
  readonly scenario: ManifestScenario;
  /** ETag of its documents when they were read. */
  readonly etag: string;
}

/** Edits scenarios in their own documents; comments and order are kept. Edits are serialised. */
export class ScenarioEditor {
  readonly #catalogue: ScenarioCatalogue;
  readonly #platform: TreePlatform;
  readonly #notice: (message: string) => void;
  readonly #turn = pLimit(1);

  constructor(catalogue: ScenarioCatalogue, platform: TreePlatform, notice: (message: string) => void) {
    this.#catalogue = catalogue;
    this.#notice = notice;
    this.#platform = platform;
  }

  /** ETag of every document that an edit of the scenario may change. */
  etag(scenario: ManifestScenario): string {
    return etagOf(scenario.id, ...filesOf(scenario).map((file) => this.text(file)));
  }

  /** Text of a document. */
  text(file: string): string {
    this.#catalogue.requireInside(file);
    return this.#platform.files.readText(this.#platform.files.realPath(file)) ?? '';
  }

  /**
   * Changes fields, if the documents are still valid afterwards.
   *
   * @throws Refusal unknown-scenario, precondition-*, invalid-document, scenario-not-editable
   */
  patch(id: string, patch: ScenarioPatch, ifMatch: string | undefined): Promise<void> {
    return this.#turn(async () => {
      const scenario = requireScenario(await this.#catalogue.fresh(), id);
      const etag = this.etag(scenario);
      requireMatch(ifMatch, etag);
      const edits = editsOf(scenario, patch);
      const texts = new Map(edits.map(({ file }) => [file, this.#editable(file)]));
      const edited = await this.#catalogue.documents.ask('change', { id, texts, edits });
      await this.#replace(edited, { scenario, etag });
    });
  }

  /** Inserts a copy of a scenario after it. @throws Refusal as patch, scenario-exists */
  clone(
    id: string,
    copy: { readonly id: string; readonly name?: string },
    ifMatch: string | undefined,
  ): Promise<void> {
    return this.#turn(async () => {
      const known = await this.#catalogue.fresh();
      const scenario = requireScenario(known, id);
      const etag = this.etag(scenario);
      requireMatch(ifMatch, etag);
      if (known.get(copy.id) !== undefined)
        throw new Refusal('scenario-exists', `A scenario ${copy.id} already exists`);
      const { file } = scenario.source;
      const [list, index] = placeOf(scenario);
      const text = this.#editable(file);
      const copied = { id: copy.id, name: copy.name, file, text, list, index };
      await this.#replace(await this.#catalogue.documents.ask('copy', copied), { scenario, etag });
    });
  }

  #editable(file: string): string {
    const text = this.text(file);
    if (Buffer.byteLength(text) <= DOCUMENT_LIMIT) return text;
    throw new Refusal(
      'scenario-not-editable',
      `Documents of more than ${String(DOCUMENT_LIMIT)} bytes cannot be edited through the service`,
    );
  }

  async #replace(texts: ReadonlyMap<string, string>, { scenario, etag }: EditedVersion): Promise<void> {
    const changed = new Map([...texts].filter(([file, text]) => text !== this.text(file)));
    // Other programs may have saved the documents while the new texts were being made durable.
    const check = (): void => requireMatch(etag, this.etag(scenario));
    const notices = changed.size > 0 ? await replaceDocuments(changed, check, this.#platform) : [];
    for (const notice of notices) this.#notice(notice);
    await this.#catalogue.fresh();
  }
}
