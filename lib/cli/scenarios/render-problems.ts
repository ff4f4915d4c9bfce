import type { Colors } from 'picocolors/types.js';
import type { Problem } from '../../base/problem.js';

/**
 * Every problem with its source line, and how many there are. Loads what it needs only when there is something
 * to tell.
 */
export async function renderProblems(problems: readonly Problem[], colors: Colors): Promise<string> {
  const { renderProblem } = await import('../../config/render-problem.js');
  const { nodeDocumentFiles } = await import('../../platform/document-files.js');
  const texts = problems.map((problem) => `${renderProblem(problem, nodeDocumentFiles)}\n\n`);
  const count = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  return `${texts.join('')}${colors.red(count)}\n`;
}
