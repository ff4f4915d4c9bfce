import { compareProblems, type Problem } from '../base/problem.js';

/** Maximum of reported problems of a set; each cell of a sweep may have one. */
const MOST_TOLD = 10_000;

/** Problems without duplicates, even if many cells share the document that has them. */
export class ProblemSet {
  readonly #problems = new Map<string, Problem>();
  #isCut = false;

  get size(): number {
    return this.#problems.size;
  }

  /** Returns the problems that were not in the set. */
  add(problems: readonly Problem[]): readonly Problem[] {
    const added: Problem[] = [];
    for (const problem of problems) {
      const { file, line, column, pointer, code, message } = problem;
      const id = JSON.stringify([file, line, column, pointer, code, message]);
      if (this.#problems.has(id)) continue;
      if (this.#problems.size >= MOST_TOLD) {
        this.#isCut = true;
        continue;
      }
      this.#problems.set(id, problem);
      added.push(problem);
    }
    return added;
  }

  sorted(): Problem[] {
    const sorted = [...this.#problems.values()].sort(compareProblems);
    const last = sorted.at(-1);
    if (!this.#isCut || !last) return sorted;
    const message = `problems beyond the first ${String(MOST_TOLD)} are not shown`;
    const { file, line, column, pointer } = last;
    return [...sorted, { code: 'more-problems', message, file, line, column: column + 1, pointer }];
  }
}
