import { isDeepStrictEqual } from 'node:util';
import { AetherError } from '../../base/errors.js';
import type { DiskReader } from '../disk-reader.js';
import { relative, type RefSpace } from '../layout.js';
import { parseRefFile } from '../record-file.js';
import type { RunRecord } from '../record-types.js';
import { isUnreadable, reasonOf } from '../system-error.js';

/** True if a ref may name the run. */
const BELONGS: Readonly<Record<RefSpace, (run: RunRecord, name: string) => boolean>> = {
  keys: (run, name) => run.input_key === name,
  scenarios: (run, name) => run.name === name,
  pins: (run, name) => run.id === name,
};

/** The damage of a ref; undefined if there is none, or if the ref does not exist. */
export function brokenRef(reader: DiskReader, space: RefSpace, name: string): string | undefined {
  const path = relative.ref(space, name);
  const seen = look(reader, path);
  if (seen === undefined) return undefined;
  const message =
    'refused' in seen
      ? `cannot be read: ${seen.refused}`
      : whyBroken(reader, seen.text, (run) => BELONGS[space](run, name));
  // A ref that changed meanwhile was right before or is right now; the writer that moved it decided.
  return message !== undefined && isDeepStrictEqual(look(reader, path), seen) ? message : undefined;
}

type Look = { readonly text: string } | { readonly refused: string };

function look(reader: DiskReader, path: string): Look | undefined {
  try {
    const text = reader.readText(path);
    return text === undefined ? undefined : { text };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { refused: reasonOf(error) };
  }
}

/** A record that cannot be read was already reported. */
function whyBroken(
  reader: DiskReader,
  text: string,
  belongs: (run: RunRecord) => boolean,
): string | undefined {
  const target = parseRefFile(text);
  if (target === undefined) return 'does not contain a run id';
  try {
    const run = reader.run(target);
    if (run === undefined) return `points to ${target}, which has no record`;
    return belongs(run) ? undefined : `points to ${target}, which belongs to another reference`;
  } catch (error) {
    if (!(error instanceof AetherError)) throw error;
    return `points to ${target}, whose record cannot be read`;
  }
}
