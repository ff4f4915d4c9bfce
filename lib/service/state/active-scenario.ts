import { ID_PATTERN, integer, object, text } from '../wire/schema.js';
import { checkBySchema } from './document-check.js';
import type { StateDirectory } from './state-directory.js';

const DOCUMENT = 'active-scenario';

interface ActiveDocument {
  readonly v: 1;
  readonly id: string;
}

const check = checkBySchema(
  object('The active scenario.', {
    v: integer('Version.', { const: 1 }),
    id: text('Its id.', { pattern: ID_PATTERN }),
  }),
);

/** The scenario the operator works with; survives restarts. */
export class ActiveScenario {
  readonly #state: StateDirectory;
  #id: string | null;

  constructor(state: StateDirectory) {
    this.#state = state;
    this.#id = state.read<ActiveDocument>(DOCUMENT, check).value?.id ?? null;
  }

  get id(): string | null {
    return this.#id;
  }

  async activate(id: string): Promise<void> {
    await this.#state.write(DOCUMENT, { v: 1, id });
    this.#id = id;
  }
}
