import { basename, isAbsolute, relative, sep } from 'node:path';

/** Absolute paths in messages of Node and of Aether: at least two components below one of the usual roots. */
const ABSOLUTE =
  /(?<![\w./])(?:file:\/\/)?(?:\/(?:[\w.@%+~=,[\]-]+\/)+[\w.@%+~=,[\]-]*|[A-Za-z]:\\(?:[^\\\s:*?"<>|]+\\)+[^\\\s:*?"<>|]*)/g;

/** A text for answers: paths of this machine are private, so only their last component is shown. */
export function shownText(text: string): string {
  return text.replace(ABSOLUTE, (path) => basename(path.replaceAll('\\', '/')) || '…');
}

/** A file in an answer: relative to the working directory, or only its name if it is elsewhere. */
export function shownFile(file: string): string {
  const shown = isAbsolute(file) ? relative(process.cwd(), file) : file;
  return shown.startsWith('..') || isAbsolute(shown) ? basename(file) : shown.split(sep).join('/');
}
