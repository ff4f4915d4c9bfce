import { id, object, version } from '../../base/schema.js';
import { checkBySchema } from './document-check.js';
import type { StateDirectory } from './state-directory.js';

const DOCUMENT = 'active-scenario';

const check = checkBySchema(object('The active scenario.', { v: version(1), id: id('Its id.') }));

/** The active scenario of the operator; survives restarts. */
export class ActiveScenario {
  readonly #state: StateDirectory;
  #id: string | null;

  constructor(state: StateDirectory) {
    this.#state = state;
    this.#id = state.read(DOCUMENT, check).value?.id ?? null;
  }

  get id(): string | null {
    return this.#id;
  }

  async activate(id: string): Promise<void> {
    await this.#state.write(DOCUMENT, { v: 1, id });
    this.#id = id;
  }
}
