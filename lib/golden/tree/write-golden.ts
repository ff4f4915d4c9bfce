import { join } from 'node:path';
import type { Json } from '../../base/canonical-json.js';
import { AetherError } from '../../base/errors.js';
import type { CapturedGolden } from '../compare/capture.js';
import { isBelow, rememberElsewhere } from '../places/elsewhere.js';
import { formerFiles, RECORD } from './former-files.js';
import { goldenText, isDamage, orDamaged, orGoldenIo } from './golden-file.js';
import type { GoldenRecord } from './golden-record.js';
import { prettyJson } from './pretty-json.js';
import { readGolden } from './read-golden.js';
import {
  placeDirectory,
  removeFiles,
  removeWhole,
  replaceFiles,
  type NamedText,
  type Writing,
} from './replace-files.js';

/** Keeps git from changing bytes that have digests. */
const ATTRIBUTES = '.gitattributes';
const ATTRIBUTES_TEXT = '# Goldens are compared byte by byte: git must not convert line endings.\n* -text\n';

export interface GoldenPlaces extends Writing {
  readonly root: string;
}

/** The text of golden.json. */
export function recordText(record: GoldenRecord): string {
  return prettyJson(record as unknown as Json);
}

/** See GoldenTree.write. */
export async function writeGolden(
  places: GoldenPlaces,
  directory: string,
  { record, files }: CapturedGolden,
): Promise<void> {
  const texts: readonly NamedText[] = Object.entries(files);
  const isNew = (await orGoldenIo(`write to ${directory}`, () => places.files.stat(directory))) === undefined;
  if (isNew) await placeDirectory(places, directory, [...texts, [RECORD, recordText(record)]]);
  else await replaceGolden(places, directory, { record, texts });
  await keepBytes(places, directory);
  if (!isBelow(places.root, directory)) await rememberElsewhere(places, directory);
}

async function replaceGolden(
  places: GoldenPlaces,
  directory: string,
  { record, texts }: { readonly record: GoldenRecord; readonly texts: readonly NamedText[] },
): Promise<void> {
  const real = await orGoldenIo(`write to ${directory}`, () => places.files.realPath(directory));
  const former = formerOf(places, directory);
  const text = recordText(record);
  for (const [name, wanted] of [...texts, [RECORD, text] as const]) {
    if (!former.includes(name)) refuseForeign(places, join(directory, name), wanted);
  }
  await replaceFiles(places, real, texts);
  await replaceFiles(places, real, [[RECORD, text]]);
  const names = texts.map(([name]) => name);
  const left = former.filter((name) => name !== RECORD && !names.includes(name));
  if (left.length > 0) await removeFiles(places.files, real, left);
}

/**
 * The files listed in the golden.json of a directory, including itself.
 *
 * @throws AetherError
 * GOLDEN_FOREIGN_FILE
 */
function formerOf({ files }: GoldenPlaces, directory: string): readonly string[] {
  const path = join(directory, RECORD);
  const text = textOf({ files }, path);
  if (text === undefined) return [];
  const former = formerFiles(text);
  if (former === undefined) throw foreign(path, 'is not recognised as a golden.json');
  return former;
}

/** A file that already has the new content is left from an interrupted write. */
function refuseForeign(places: GoldenPlaces, path: string, wanted: string): void {
  const text = textOf(places, path);
  if (text !== undefined && text !== wanted) throw foreign(path, 'is not named by a golden.json beside it');
}

function textOf({ files }: Pick<GoldenPlaces, 'files'>, path: string): string | undefined {
  try {
    return goldenText(files, path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new AetherError('GOLDEN_FOREIGN_FILE', `${error.message}; ${ADVICE}`, error);
  }
}

const ADVICE = 'a golden does not replace it: move it away or delete it, then judge again';

function foreign(path: string, what: string): AetherError {
  return new AetherError('GOLDEN_FOREIGN_FILE', `${path} ${what}; ${ADVICE}`);
}

/** Disables line ending conversion of git; existing lines of the user are kept. */
async function keepBytes(places: GoldenPlaces, directory: string): Promise<void> {
  const place = isBelow(places.root, directory) ? places.root : directory;
  await orGoldenIo(`write to ${place}`, async () => {
    if (places.files.stat(join(place, ATTRIBUTES)) !== undefined) return;
    await replaceFiles(places, places.files.realPath(place), [[ATTRIBUTES, ATTRIBUTES_TEXT]]);
  });
}

/** See GoldenTree.remove. */
export async function removeGolden(places: GoldenPlaces, directory: string): Promise<void> {
  const golden = readGolden(places.files, directory);
  if (golden === undefined) {
    throw new AetherError('GOLDEN_DAMAGED', `${join(directory, RECORD)} is missing, so nothing is removed`);
  }
  const real = await orGoldenIo(`remove ${directory}`, () => places.files.realPath(directory));
  const named = golden.artefacts.flatMap(({ file }) => file ?? []);
  const own = ownAttributes(places, directory) ? [ATTRIBUTES] : [];
  const names = [RECORD, ...named, ...own];
  const isOwn = places.files.list(real).every(({ name, kind }) => names.includes(name) && kind === 'file');
  if (isOwn && places.files.stat(directory)?.kind === 'directory') {
    await removeWhole(places, directory);
    return;
  }
  // Without golden.json nothing lists files that are partly removed, even after a power failure.
  await removeFiles(places.files, real, [RECORD]);
  await removeFiles(places.files, real, [...named, ...own]);
}

/** True if a golden outside the root has the .gitattributes that was written with it. */
function ownAttributes({ files, root }: GoldenPlaces, directory: string): boolean {
  if (isBelow(root, directory)) return false;
  const path = join(directory, ATTRIBUTES);
  return orDamaged(path, () => files.stat(path)?.kind === 'file' && files.readText(path) === ATTRIBUTES_TEXT);
}
