import { inLine, shortText } from '../base/printable.js';
import type { DocumentFiles } from '../base/ports.js';
import type { Problem } from '../base/problem.js';
import { decodeUtf8, SourceText } from './source/source-text.js';

/** Longest stretch of a source line that is printed. */
const WIDTH = 100;

/**
 * A problem as plain text, several lines without a final break: `file:line:col: code: message`, then what was found
 * and expected. The source line follows with a caret, if it is given or its file can still be read.
 *
 * @param source text of the problem's line, or files to look it up in
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

/** The file's text; the last one is remembered, since problems come sorted by file. */
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
    // The excerpt is a courtesy: without the file the problem is told all the same.
    return undefined;
  }
}

function excerpt(sourceLine: string, line: number, column: number): string[] {
  const from = column > WIDTH - 20 ? column - 40 : 0;
  const shown = printable(sourceLine.slice(from, from + WIDTH));
  const gutter = `  ${String(line)} | `;
  return [`${gutter}${shown}`, `${' '.repeat(gutter.length + Math.max(0, column - 1 - from))}^`];
}

/** Characters of each part of a problem. */
const LONGEST = 1000;

/** Part of a problem, on one line. */
function shown(text: string): string {
  return shortText(inLine(text), LONGEST);
}

/** One column per code unit and nothing that moves the cursor: control characters and tabs become spaces. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]|\p{Cf}|\p{Cs}/gu, (character) => ' '.repeat(character.length));
}
