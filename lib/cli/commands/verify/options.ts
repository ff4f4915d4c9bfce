import type { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { RUN_REF } from '../../inspect/view-options.js';
import type { Operands } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const VERIFY_OPERANDS = { '<run>': RUN_REF } as const satisfies Operands;

export type VerifyArguments = Parsed<typeof VIEW_OPTIONS, typeof VERIFY_OPERANDS>;
