import { compareProblems, type Problem } from '../base/problem.js';

/** Problems told once each, however many cells share the document that has them. */
export class ProblemSet {
  readonly #problems = new Map<string, Problem>();

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
      this.#problems.set(id, problem);
      added.push(problem);
    }
    return added;
  }

  sorted(): Problem[] {
    return [...this.#problems.values()].sort(compareProblems);
  }
}
