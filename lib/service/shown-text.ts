import { basename, isAbsolute, relative, sep } from 'node:path';

/** Absolute paths as they appear in messages of Node and of Aether: at least two steps below one of the usual roots. */
const ABSOLUTE =
  /(?<![\w./])(?:file:\/\/)?(?:\/(?:[\w.@%+~=,[\]-]+\/)+[\w.@%+~=,[\]-]*|[A-Za-z]:\\(?:[^\\\s:*?"<>|]+\\)+[^\\\s:*?"<>|]*)/g;

/** A text for answers: what lies where on this machine is nobody's business, so of a path only its last step is left. */
export function shownText(text: string): string {
  return text.replace(ABSOLUTE, (path) => basename(path.replaceAll('\\', '/')) || '…');
}

/** A file as an answer names it: relative to the working directory, or by its name alone when it lies elsewhere. */
export function shownFile(file: string, directory = process.cwd()): string {
  const shown = isAbsolute(file) ? relative(directory, file) : file;
  return shown.startsWith('..') || isAbsolute(shown) ? basename(file) : shown.split(sep).join('/');
}
