import { LAYERS } from '../../../engine/inputs.js';
import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const INSPECT_OPTIONS = {
  summary: { type: 'boolean', describe: 'Summary of the run and its artefacts (the default)' },
  tick: { ...text, describe: 'Everything recorded of one tick', coerce: oneInteger('--tick', 1) },
  window: {
    ...text,
    describe: 'Manifest and candidates of a window, by its id or its number from 1',
  },
  aeon: { type: 'boolean', describe: 'Windows of its AEON grammar; with --tick, those that cover it' },
  layer: { ...text, describe: 'Envelopes of one layer, of the whole run or of --tick', choices: LAYERS },
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const INSPECT_OPERANDS = { '<run>': RUN_REF } as const satisfies Operands;

export type InspectArguments = Parsed<typeof INSPECT_OPTIONS, typeof INSPECT_OPERANDS>;
