import { errorCode } from '../../base/errors.js';
import type { DocumentFiles, EntryKind } from '../../base/ports.js';
import type { Problem } from '../../base/problem.js';
import type { DocumentLimits } from '../limits.js';
import { ProblemList, problemAt } from '../problem-list.js';
import { readJson } from './json-reader.js';
import { ParsedDocument } from './parsed-document.js';
import { decodeUtf8, SourceText } from './source-text.js';
import type { Place } from './view.js';
import { readYaml } from './yaml-reader.js';

/** A document as far as it could be read; without `document` only its syntax was checked. */
export interface ReadResult {
  readonly document: ParsedDocument | undefined;
  readonly problems: readonly Problem[];
}

/** Size limit of the document: `large` for topologies and PFNA. */
export type SizeClass = 'large' | 'small';

export interface ReadOptions {
  readonly files: DocumentFiles;
  readonly limits: DocumentLimits;
  readonly size: SizeClass;
}

/** Reads one file; `.json` is strict JSON, everything else YAML. Every problem of its text is reported. */
export function readDocument(file: string, options: ReadOptions): ReadResult {
  const bytes = readBytes(file, options);
  if (!(bytes instanceof Uint8Array)) return { document: undefined, problems: [bytes] };
  const decoded = decodeUtf8(bytes);
  if ('text' in decoded) return parseText(file, decoded.text, options.limits);
  const position = new SourceText(file, decoded.before).position(decoded.before.length);
  const message = `the file is not UTF-8 text: byte ${String(decoded.badByte + 1)} is invalid`;
  const problem = problemAt({ file, ...position, pointer: '' }, { code: 'not-utf8', message });
  return { document: undefined, problems: [problem] };
}

/** Parses a text as the document with a file name. */
export function parseText(file: string, text: string, limits: DocumentLimits): ReadResult {
  const source = new SourceText(file, text);
  const problems = new ProblemList(limits.problems);
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const place = { file, ...source.position(nul), pointer: '' };
    problems.add(
      problemAt(place, { code: 'nul-character', message: 'the document contains a NUL character' }),
    );
    return { document: undefined, problems: problems.finish() };
  }
  const read = isJsonFile(file) ? readJson : readYaml;
  const tree = read(source, limits, problems);
  return { document: tree && new ParsedDocument(source, tree), problems: problems.finish() };
}

function isJsonFile(file: string): boolean {
  return file.toLowerCase().endsWith('.json');
}

/** Why a path is not a readable file, as a problem at the place that names it; undefined if it is. */
export function checkFile(path: string, files: DocumentFiles, namedAt: Place): Problem | undefined {
  const kind = kindOf(path, files);
  if (kind === 'file') return undefined;
  if (typeof kind !== 'string') return problemAt(namedAt, unreadable(path, kind.error));
  const expected = 'a file that exists';
  if (kind === 'missing' || kind === 'symlink')
    return problemAt(namedAt, {
      code: 'file-missing',
      message: `there is no file ${path}`,
      found: path,
      expected,
    });
  const what = kind === 'directory' ? 'a directory' : 'not a regular file';
  return problemAt(namedAt, { code: 'not-a-file', message: `${path} is ${what}`, found: what, expected });
}

function readBytes(file: string, { files, limits, size }: ReadOptions): Uint8Array | Problem {
  const whole: Place = { file, line: 0, column: 0, pointer: '' };
  const missing = checkFile(file, files, whole);
  if (missing) return missing;
  const most = mostBytes(file, size, limits);
  try {
    const bytes = files.size(file) > most ? undefined : files.read(file);
    if (bytes && bytes.length <= most) return bytes;
  } catch (error) {
    return problemAt(whole, unreadable(file, error));
  }
  return tooLarge(file, size, limits);
}

/** Maximum bytes of a document. */
function mostBytes(file: string, size: SizeClass, limits: DocumentLimits): number {
  if (size === 'small') return limits.small_bytes;
  return isJsonFile(file) ? limits.large_json_bytes : limits.large_yaml_bytes;
}

/** The problem of a document that is larger than its limit. */
export function tooLarge(file: string, size: SizeClass, limits: DocumentLimits): Problem {
  const place: Place = { file, line: 0, column: 0, pointer: '' };
  const isYaml = size === 'large' && !isJsonFile(file);
  return problemAt(place, {
    code: 'file-too-large',
    message: 'the file is larger than the limit',
    expected: `at most ${String(mostBytes(file, size, limits))} bytes`,
    ...(isYaml ? { hint: `the limit for a JSON document is ${String(limits.large_json_bytes)} bytes` } : {}),
  });
}

function kindOf(path: string, files: DocumentFiles): EntryKind | { readonly error: unknown } {
  try {
    return files.kind(path);
  } catch (error) {
    return { error };
  }
}

function unreadable(path: string, error: unknown): { code: 'file-unreadable'; message: string } {
  return {
    code: 'file-unreadable',
    message: `${path} cannot be read (${errorCode(error) ?? 'unknown reason'})`,
  };
}
