import type { Colors } from 'picocolors/types.js';
import type { DocumentFiles } from '../../base/ports.js';
import type { Problem } from '../../base/problem.js';

/**
 * Every problem with its source line, and their number. Loads its dependencies only if there are problems.
 */
export async function renderProblems(problems: readonly Problem[], colors: Colors): Promise<string> {
  const { renderProblem } = await import('../../config/render-problem.js');
  const { nodeDocumentFiles } = await import('../../platform/document-files.js');
  const { projectOf } = await import('../../config/project-root.js');
  const quotable: DocumentFiles = {
    ...nodeDocumentFiles,
    // A document is quoted only if it is inside its project; a link may have replaced it since it was read.
    kind: (path) =>
      projectOf(path, nodeDocumentFiles).byLinks(path) === 'inside' ? nodeDocumentFiles.kind(path) : 'other',
  };
  const texts = problems.map((problem) => `${renderProblem(problem, quotable)}\n\n`);
  const count = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  return `${texts.join('')}${colors.red(count)}\n`;
}
