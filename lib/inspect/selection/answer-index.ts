import type { Answers } from './answers.js';
import { hasWildcard, isGlob, nameGlob } from './name-glob.js';

/** Finds sorted answers by name, run and scenario; positions are indices of the list. */
export class AnswerIndex {
  readonly #answers: Answers;
  /** By number of a name: the position of the first of its consecutive answers, plus one. */
  readonly #first: Int32Array;

  constructor(answers: Answers) {
    this.#answers = answers;
    this.#first = new Int32Array(answers.runs.names.length);
    for (let position = answers.length - 1; position >= 0; position--) {
      this.#first[answers.nameAt(position)] = position + 1;
    }
  }

  /** The answers for a name. */
  named(name: string): readonly number[] {
    const number = this.#answers.runs.names.find(name);
    return number === undefined ? [] : this.#ofName(number);
  }

  /** The answer of a run under its own name; undefined if there is none. */
  ownAnswerOf(run: number): number | undefined {
    const own = this.#ofName(this.#answers.runs.nameOf(run));
    return own.find((position) => this.#answers.runAt(position) === run);
  }

  /**
   * The answers for a name, a scenario or a glob over names; undefined if the text is none of them. Run names have
   * brackets, so a text without a star or a question mark that matches nothing is a name that does not exist.
   */
  meant(text: string): readonly number[] | undefined {
    const named = this.named(text);
    if (named.length > 0) return named;
    const ofScenario = this.#where(({ scenario }) => scenario === text);
    if (ofScenario.length > 0) return ofScenario;
    if (!isGlob(text)) return undefined;
    const test = nameGlob(text);
    const found = this.#where(({ name }) => test(name));
    return found.length === 0 && !hasWildcard(text) ? undefined : found;
  }

  #where(test: (answer: { readonly name: string; readonly scenario: string }) => boolean): readonly number[] {
    const found: number[] = [];
    let position = 0;
    for (const answer of this.#answers) {
      if (test(answer)) found.push(position);
      position++;
    }
    return found;
  }

  #ofName(name: number): readonly number[] {
    const first = this.#first[name]! - 1;
    if (first < 0) return [];
    const found: number[] = [];
    for (let n = first; n < this.#answers.length && this.#answers.nameAt(n) === name; n++) found.push(n);
    return found;
  }
}
