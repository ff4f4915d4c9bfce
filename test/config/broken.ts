import { validateFile } from '../../lib/config/index.js';
import { memoryFiles } from './memory-files.js';
import { SAMPLES } from './sample-documents.js';

/** A change to a valid document, and all resulting problems as `code line:column pointer`, in order. */
export type BrokenCase = readonly [from: string, to: string, problems: readonly string[]];

/** The part of a tap test that the cases use. */
export interface CaseTest {
  same(found: unknown, wanted: unknown, name: string): unknown;
}

/** Makes each change of `file` separately and compares all problems of `checked` and its references. */
export function checkBroken(t: CaseTest, file: string, cases: readonly BrokenCase[], checked = file): void {
  const sound = SAMPLES[file] ?? '';
  t.same(problemsOf(file, sound, checked), [], `${file} is valid without a change`);
  for (const [from, to, problems] of cases) {
    const name = `${JSON.stringify(from)} becomes ${JSON.stringify(to)}`;
    if (!sound.includes(from)) throw new Error(`${file} has no ${from}`);
    t.same(problemsOf(file, sound.replace(from, to), checked), problems, name);
  }
}

/** `code line:column pointer` of every problem of a text; those of other files begin with the file name. */
export function problemsOf(file: string, content: string | Uint8Array, checked = file): string[] {
  const files = memoryFiles({ ...SAMPLES, folder: null, [file]: content });
  return validateFile(checked, files).problems.map((problem) => {
    const place = `${String(problem.line)}:${String(problem.column)}`;
    const own = problem.file === checked ? '' : `${problem.file} `;
    return `${own}${problem.code} ${place} ${problem.pointer}`.trimEnd();
  });
}
