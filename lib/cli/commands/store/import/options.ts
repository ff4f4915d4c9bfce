import type { STORE_OPTIONS } from '../store-options.js';
import type { Operands } from '../../../options/declared.js';
import type { Parsed } from '../../../options/parsed.js';

export const STORE_IMPORT_OPERANDS = {
  '<paths..>': { type: 'string', array: true, path: 'file', describe: 'Exported runs' },
} as const satisfies Operands;

export type StoreImportArguments = Parsed<typeof STORE_OPTIONS, typeof STORE_IMPORT_OPERANDS>;
