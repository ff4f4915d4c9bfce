import { RUN_REF, VIEW_OPTIONS } from '../../inspect/view-options.js';
import { BY } from '../label/options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const NOTE_OPTIONS = { by: BY, ...VIEW_OPTIONS } as const satisfies Options;

export const NOTE_OPERANDS = {
  '<run>': RUN_REF,
  '[text]': { type: 'string', describe: 'The note; without it, print labels and notes' },
} as const satisfies Operands;

export type NoteArguments = Parsed<typeof NOTE_OPTIONS, typeof NOTE_OPERANDS>;
