import type { TreePlatform } from '../../base/ports.js';
import type { ManifestScenario } from '../../config/index.js';
import { etagOf, requireMatch } from '../http/etag.js';
import { Refusal } from '../http/problems.js';
import { replaceDocuments } from '../state/replace-documents.js';
import type { ScenarioPatch } from '../wire/scenario.js';
import type { ScenarioCatalogue } from './catalogue.js';
import { documentErrors } from './document-errors.js';
import { copyItem, NotEditable, setInDocument } from './edit-document.js';
import { editsOf, fieldOf, filesOf, placeOf, type FieldEdit } from './field-edits.js';

/** Documents larger than this are not edited through the service. */
const DOCUMENT_LIMIT = 256 * 1024;

/** What an edit is made of. */
interface EditedVersion {
  readonly scenario: ManifestScenario;
  /** ETag over its documents as they were read. */
  readonly etag: string;
}

/** Edits scenarios in the very documents they are written in; comments and order stay. Edits follow each other. */
export class ScenarioEditor {
  readonly #catalogue: ScenarioCatalogue;
  readonly #platform: TreePlatform;
  readonly #notice: (message: string) => void;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(catalogue: ScenarioCatalogue, platform: TreePlatform, notice: (message: string) => void) {
    this.#catalogue = catalogue;
    this.#notice = notice;
    this.#platform = platform;
  }

  /** ETag over every document that an edit of the scenario may change. */
  etag(scenario: ManifestScenario): string {
    return etagOf(scenario.id, ...filesOf(scenario).map((file) => this.text(file)));
  }

  /** Text of a document. */
  text(file: string): string {
    this.#catalogue.requireInside(file);
    return this.#platform.files.readText(this.#platform.files.realPath(file)) ?? '';
  }

  /**
   * Changes fields, if the documents then still hold.
   *
   * @throws Refusal unknown-scenario, precondition-*, invalid-document, scenario-not-editable
   */
  patch(id: string, patch: ScenarioPatch, ifMatch: string | undefined): Promise<void> {
    return this.#inTurn(async () => {
      const scenario = this.#catalogue.require(id, this.#catalogue.fresh());
      const etag = this.etag(scenario);
      requireMatch(ifMatch, etag);
      const edits = editsOf(scenario, patch);
      const texts = new Map<string, string>();
      for (const { file, path, value } of edits) {
        const text = texts.get(file) ?? this.#editable(file);
        texts.set(
          file,
          attempt(() => setInDocument({ file, text }, path, value)),
        );
      }
      this.#check(id, texts, edits);
      await this.#replace(texts, { scenario, etag });
    });
  }

  /** Puts a copy of a scenario after it. @throws Refusal as patch, scenario-exists */
  clone(
    id: string,
    copy: { readonly id: string; readonly name?: string },
    ifMatch: string | undefined,
  ): Promise<void> {
    return this.#inTurn(async () => {
      const registry = this.#catalogue.fresh();
      const scenario = this.#catalogue.require(id, registry);
      const etag = this.etag(scenario);
      requireMatch(ifMatch, etag);
      if (registry.get(copy.id) !== undefined)
        throw new Refusal('scenario-exists', `There is a scenario ${copy.id} already`);
      const { file } = scenario.source;
      const [list, index] = placeOf(scenario);
      const isRegistry = !this.#isManifest(scenario);
      let text = attempt(() => copyItem({ file, text: this.#editable(file) }, [list], index));
      text = attempt(() =>
        setInDocument({ file, text }, [list, index + 1, isRegistry ? 'scenario_id' : 'id'], copy.id),
      );
      if (copy.name !== undefined)
        text = attempt(() => setInDocument({ file, text }, [list, index + 1, 'name'], copy.name!));
      const texts = new Map([[file, text]]);
      this.#check(copy.id, texts, []);
      await this.#replace(texts, { scenario, etag });
    });
  }

  #isManifest({ source }: ManifestScenario): boolean {
    return /(^|\n)\s*"?kind"?\s*:/.test(this.text(source.file));
  }

  #editable(file: string): string {
    const text = this.text(file);
    if (Buffer.byteLength(text) <= DOCUMENT_LIMIT) return text;
    throw new Refusal(
      'scenario-not-editable',
      `Documents above ${String(DOCUMENT_LIMIT)} bytes are not edited through the service`,
    );
  }

  /** The new documents must hold for every scenario that is written in them. */
  #check(id: string, texts: ReadonlyMap<string, string>, edits: readonly FieldEdit[]): void {
    const loaded = this.#catalogue.load(texts);
    const problems = loaded.ok ? [] : [...loaded.problems];
    if (loaded.ok) {
      const touched = loaded.value.scenarios.filter(
        (other) => other.id === id || filesOf(other).some((file) => texts.has(file)),
      );
      for (const scenario of touched) {
        const resolved = loaded.value.resolve(scenario.id);
        if (!resolved.ok && (scenario.id === id || this.#held(scenario.id)))
          problems.push(...resolved.problems);
      }
    }
    if (problems.length === 0) return;
    const errors = documentErrors(problems, (problem) => fieldOf(problem, edits));
    throw new Refusal('invalid-document', `The change was not made: ${errors[0]!.detail}`, { errors });
  }

  #held(id: string): boolean {
    return this.#catalogue.registry.resolve(id).ok;
  }

  async #replace(texts: ReadonlyMap<string, string>, { scenario, etag }: EditedVersion): Promise<void> {
    const changed = new Map([...texts].filter(([file, text]) => text !== this.text(file)));
    // Others may have saved the documents while the new texts were being made durable.
    const check = (): void => requireMatch(etag, this.etag(scenario));
    const notices = changed.size > 0 ? await replaceDocuments(changed, check, this.#platform) : [];
    for (const notice of notices) this.#notice(notice);
    this.#catalogue.fresh();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function attempt(edit: () => string): string {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof NotEditable)) throw error;
    throw new Refusal('scenario-not-editable', `The document cannot be edited in place: ${error.message}`);
  }
}
