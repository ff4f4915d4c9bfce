import type { Problem } from '../../base/problem.js';
import type { Override } from '../../config/index.js';

/** The problems of the documents under some of the overrides. */
export type ProblemsUnder = (overrides: readonly Override[]) => readonly Problem[];

/**
 * Problems of documents under overrides, each at the place of its cause: a problem that exists without
 * overrides is reported at its line; a problem that an override causes in a valid document is reported at the
 * override.
 */
export function blameOverrides(
  problems: readonly Problem[],
  overrides: readonly Override[],
  problemsUnder: ProblemsUnder,
): readonly Problem[] {
  if (overrides.length === 0) return problems;
  const own = new Set(problemsUnder([]).map(identity));
  const origins = new Set(overrides.map(({ origin }) => origin));
  return problems.map((problem) => {
    if (origins.has(problem.file) || own.has(identity(problem))) return problem;
    const alone = overrides.filter((one) =>
      problemsUnder([one]).some((p) => identity(p) === identity(problem)),
    );
    return atOverrides(problem, alone.length > 0 ? alone : overrides);
  });
}

function atOverrides(problem: Problem, overrides: readonly Override[]): Problem {
  const { file, line, column, hint } = problem;
  const place = line > 0 ? `${file}:${String(line)}:${String(column)}` : file;
  const broken = `the documents are valid without it; the problem is at ${place}`;
  return {
    ...problem,
    file: [...new Set(overrides.map(({ origin }) => origin))].join(' '),
    line: 0,
    column: 0,
    hint: hint === undefined ? broken : `${hint}; ${broken}`,
  };
}

function identity({ code, file, line, column, pointer, message }: Problem): string {
  return JSON.stringify([code, file, line, column, pointer, message]);
}
