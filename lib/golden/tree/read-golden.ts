import { join } from 'node:path';
import { AetherError } from '../../base/errors.js';
import type { TreeFiles } from '../../base/ports.js';
import { RECORD } from './former-files.js';
import { goldenText } from './golden-file.js';
import { parseGolden, type GoldenRecord } from './golden-record.js';

/**
 * The golden in a directory; undefined if there is none.
 *
 * @throws AetherError GOLDEN_DAMAGED when golden.json cannot be read, is not a golden, or is inconsistent
 */
export function readGolden(files: TreeFiles, directory: string): GoldenRecord | undefined {
  const path = join(directory, RECORD);
  const text = goldenText(files, path);
  if (text === undefined) return undefined;
  const parsed = parseGolden(text);
  if ('record' in parsed) return parsed.record;
  throw new AetherError('GOLDEN_DAMAGED', `${path} ${parsed.problem}`);
}
