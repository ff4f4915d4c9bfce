import { isObject } from '../base/shape.js';
import { isArtefactFile } from './golden-record.js';

export const RECORD = 'golden.json';

/**
 * The files that belong to a golden, as its golden.json names them: what a new golden may replace and a removal may
 * remove. Undefined when the text is not recognised as a golden.json, so that nothing of it belongs to this tool. A
 * golden.json that is damaged is still recognised; an empty one holds nothing that could be lost.
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

/** The names in a text that is not JSON any more, such as one with the markers of a merge conflict. */
function mentionedIn(text: string): readonly string[] {
  const names = [...text.matchAll(/"file":\s*"([a-z_]+\.jsonl?)"/g)].map(([, name]) => name!);
  return [...new Set(names)].filter(isArtefactFile);
}
