import { isObject } from '../../base/schema-check.js';
import { isArtefactFile } from './golden-record.js';

export const RECORD = 'golden.json';

/**
 * The files of a golden, as listed in its golden.json: files that a new golden may replace and a removal may
 * remove. Undefined if the text is not recognised as a golden.json, so that no file belongs to this tool. A
 * damaged golden.json is still recognised; an empty one contains nothing to lose.
 */
export function formerFiles(text: string): readonly string[] | undefined {
  if (/^[\s\0]*$/.test(text)) return [RECORD];
  if (!text.includes('"aether-golden/1"') && !/^\s*\{\s*"accepted":/.test(text)) return undefined;
  return [RECORD, ...(namedIn(text) ?? mentionedIn(text))];
}

function namedIn(text: string): readonly string[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const artefacts = isObject(value) ? value['artefacts'] : undefined;
  if (!Array.isArray(artefacts)) return undefined;
  const files = artefacts.map((artefact) => (isObject(artefact) ? artefact['file'] : undefined));
  return files.filter((file) => typeof file === 'string').filter(isArtefactFile);
}

/** File names in a text that is no longer valid JSON, such as one with merge conflict markers. */
function mentionedIn(text: string): readonly string[] {
  const names = [...text.matchAll(/"file":\s*"([a-z_]+\.jsonl?)"/g)].map(([, name]) => name!);
  return [...new Set(names)].filter(isArtefactFile);
}
