import type { STORE_OPTIONS } from '../store-options.js';
import type { Operands } from '../../../options/declared.js';
import type { Parsed } from '../../../options/parsed.js';

export const STORE_WHY_OPERANDS = {
  '<digest>': { type: 'string', describe: 'SHA-256 in hex, or the path of a blob' },
} as const satisfies Operands;

export type StoreWhyArguments = Parsed<typeof STORE_OPTIONS, typeof STORE_WHY_OPERANDS>;
