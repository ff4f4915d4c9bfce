import { inLine, shortText } from '../base/printable.js';
import type { DocumentFiles } from '../base/ports.js';
import type { Problem } from '../base/problem.js';
import { decodeUtf8, SourceText } from './source/source-text.js';

/** Maximum width of a printed source line. */
const WIDTH = 100;

/**
 * A problem as plain text, several lines without a final line break: `file:line:col: code: message`, then the
 * value found and the value expected. The source line with a caret follows if it is given or its file can be
 * read.
 *
 * @param source text of the line of the problem, or files to read it from
 */
export function renderProblem(problem: Problem, source?: string | DocumentFiles): string {
  const { code, message, file, line, column, pointer, found, expected, hint } = problem;
  const shownFile = shown(file);
  const place = line > 0 ? `${shownFile}:${String(line)}:${String(column)}` : shownFile;
  const at = pointer === '' ? '' : ` (at ${shown(pointer)})`;
  const lines = [`${place}: ${code}: ${shown(message)}${at}`];
  if (found !== undefined) lines.push(`  found:    ${shown(found)}`);
  if (expected !== undefined) lines.push(`  expected: ${shown(expected)}`);
  if (hint !== undefined) lines.push(`  hint:     ${shown(hint)}`);
  const sourceLine = line === 0 || typeof source === 'string' ? source : lineOf(problem, source);
  if (typeof sourceLine === 'string' && line > 0) lines.push(...excerpt(sourceLine, line, column));
  return lines.join('\n');
}

function lineOf({ file, line }: Problem, files: DocumentFiles | undefined): string | undefined {
  return files && sourceOf(file, files)?.line(line);
}

const lastRead = new WeakMap<DocumentFiles, { size: number; source: SourceText }>();

/** The text of the file; the last one is cached, because problems are sorted by file. */
function sourceOf(file: string, files: DocumentFiles): SourceText | undefined {
  try {
    if (files.kind(file) !== 'file') return undefined;
    const size = files.size(file);
    const last = lastRead.get(files);
    if (last?.source.file === file && last.size === size) return last.source;
    const decoded = decodeUtf8(files.read(file));
    const source = new SourceText(file, 'text' in decoded ? decoded.text : decoded.before);
    lastRead.set(files, { size, source });
    return source;
  } catch {
    // The excerpt is optional: without the file the problem is still reported.
    return undefined;
  }
}

function excerpt(sourceLine: string, line: number, column: number): string[] {
  const from = column > WIDTH - 20 ? column - 40 : 0;
  const shown = printable(sourceLine.slice(from, from + WIDTH));
  const gutter = `  ${String(line)} | `;
  return [`${gutter}${shown}`, `${' '.repeat(gutter.length + Math.max(0, column - 1 - from))}^`];
}

/** Maximum characters of each part of a problem. */
const LONGEST = 1000;

/** Part of a problem as a single line. */
function shown(text: string): string {
  return shortText(inLine(text), LONGEST);
}

/** One column per code unit, without cursor movement: control characters and tabs become spaces. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]|\p{Cf}|\p{Cs}/gu, (character) => ' '.repeat(character.length));
}
