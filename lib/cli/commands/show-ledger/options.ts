import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { oneInteger } from '../../option-values.js';
import { text } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const SHOW_LEDGER_OPTIONS = {
  from: { ...text, describe: 'First tick', defaultDescription: '1', coerce: oneInteger('--from', 1) },
  to: { ...text, describe: 'Last tick', defaultDescription: 'the last one', coerce: oneInteger('--to', 1) },
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const SHOW_LEDGER_OPERANDS = { '<run>': RUN_REF } as const satisfies Operands;

export type ShowLedgerArguments = Parsed<typeof SHOW_LEDGER_OPTIONS, typeof SHOW_LEDGER_OPERANDS>;
