import { join } from 'node:path';
import { errorCode } from '../base/errors.js';
import type { DocumentFiles } from '../base/ports.js';
import type { Complaint } from './problem-list.js';

const EXPECTED = "a path below the store's logs folder, such as nightly/run.log";
/** Maximum bytes of a file name on common file systems. */
const NAME_BYTES = 255;

/** Why a text is not the path of a log file, judged by the text alone; undefined if it is. */
export function checkLogText(written: string): Complaint | undefined {
  if (/[\p{Cc}\u2028\u2029\\]/u.test(written))
    return bad('a log path must not contain a control character or a backslash', JSON.stringify(written));
  const steps = written.split('/');
  if (written.startsWith('/') || /^[A-Za-z]:/.test(written) || steps.includes('..'))
    return {
      code: 'log-path-outside',
      message: 'a log file must be in the logs folder of the store',
      expected: EXPECTED,
    };
  if (steps.some((step) => step === '' || step === '.'))
    return bad('a log path must not have an empty component');
  if (steps.some((step) => Buffer.byteLength(step) > NAME_BYTES))
    return bad(`a component of a log path must not be longer than ${String(NAME_BYTES)} bytes`);
  return undefined;
}

function bad(message: string, found?: string): Complaint {
  return { code: 'bad-path', message, expected: EXPECTED, ...(found === undefined ? {} : { found }) };
}

/**
 * Why a log file cannot be written below a directory; undefined if it can. No symbolic link is followed: each
 * directory on the path and the file itself must be real or not exist yet.
 */
export function checkLogFile(
  logs: string,
  written: string,
  files: Pick<DocumentFiles, 'entry'>,
): Complaint | undefined {
  const steps = ['', ...written.split('/')];
  let path = logs;
  for (const [depth, step] of steps.entries()) {
    path = step === '' ? path : join(path, step);
    const isLast = depth === steps.length - 1;
    let kind;
    try {
      kind = files.entry(path);
    } catch (error) {
      const message = `${path} cannot be read (${errorCode(error) ?? 'unknown reason'})`;
      return { code: 'file-unreadable', message, expected: EXPECTED };
    }
    if (kind === 'missing') return undefined;
    if (kind === (isLast ? 'file' : 'directory')) continue;
    const wanted = isLast ? 'a regular file' : 'a directory';
    if (kind === 'symlink')
      return { code: 'log-path-outside', message: `${path} is a link`, expected: `${wanted}, or nothing` };
    return {
      code: isLast ? 'not-a-file' : 'not-a-directory',
      message: `${path} is not ${wanted}`,
      expected: `${wanted}, or nothing`,
    };
  }
  return undefined;
}
