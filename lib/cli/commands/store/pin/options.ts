import { RUN_REF } from '../../../inspect/view-options.js';
import type { STORE_OPTIONS } from '../store-options.js';
import type { Operands } from '../../../options/declared.js';
import type { Parsed } from '../../../options/parsed.js';

export const STORE_PIN_OPERANDS = { '<run>': RUN_REF } as const satisfies Operands;

export type StorePinArguments = Parsed<typeof STORE_OPTIONS, typeof STORE_PIN_OPERANDS>;
