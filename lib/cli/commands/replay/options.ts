import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const REPLAY_OPTIONS = {
  tick: {
    type: 'string',
    requiresArg: true,
    describe: 'Only this tick, from the nearest stored state before it',
    coerce: oneInteger('--tick', 1),
  },
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const REPLAY_OPERANDS = { '<run>': RUN_REF } as const satisfies Operands;

export type ReplayArguments = Parsed<typeof REPLAY_OPTIONS, typeof REPLAY_OPERANDS>;
