import { SCHEMES } from '../../../../engine/inputs.js';
import { RUN_REF, VIEW_OPTIONS } from '../../../inspect/view-options.js';
import { text } from '../../../options/common-options.js';
import type { Operands, Options } from '../../../options/declared.js';
import type { Parsed } from '../../../options/parsed.js';

export const APXI_SUGGEST_OPTIONS = {
  window: {
    ...text,
    describe: 'Window, by its id or its number from 1',
    defaultDescription: 'the primary window',
  },
  scheme: {
    ...text,
    choices: SCHEMES,
    describe: 'Coding scheme of the residuals',
    defaultDescription: 'the scheme of the window, else R',
  },
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const APXI_SUGGEST_OPERANDS = { '<run>': RUN_REF } as const satisfies Operands;

export type ApxiSuggestArguments = Parsed<typeof APXI_SUGGEST_OPTIONS, typeof APXI_SUGGEST_OPERANDS>;
