import { compareProblems, type Problem } from '../base/problem.js';

/** Problems told once each, however many cells share the document that has them. */
export class ProblemSet {
  readonly #problems = new Map<string, Problem>();

  get size(): number {
    return this.#problems.size;
  }

  add(problems: readonly Problem[]): void {
    for (const problem of problems) {
      const { file, line, column, pointer, code, message } = problem;
      const id = JSON.stringify([file, line, column, pointer, code, message]);
      if (!this.#problems.has(id)) this.#problems.set(id, problem);
    }
  }

  sorted(): Problem[] {
    return [...this.#problems.values()].sort(compareProblems);
  }
}
