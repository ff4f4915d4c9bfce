import { RUN_REF } from '../../../inspect/view-options.js';
import { text } from '../../../options/common-options.js';
import { STORE_OPTIONS } from '../store-options.js';
import type { Operands, Options } from '../../../options/declared.js';
import type { Parsed } from '../../../options/parsed.js';

export const EXPORT_FORMATS = ['dir', 'tar', 'zip', 'session'] as const;

export const STORE_EXPORT_OPTIONS = {
  format: {
    ...text,
    choices: EXPORT_FORMATS,
    default: 'dir',
    describe: 'A directory, an archive file, or a JSON document in the form of a session snapshot',
  },
  output: {
    ...text,
    alias: 'o',
    describe: 'Where to write; must not exist. - writes an archive to standard output',
    defaultDescription: 'the run id',
    path: 'file',
  },
  ...STORE_OPTIONS,
} as const satisfies Options;

export const STORE_EXPORT_OPERANDS = { '<run>': RUN_REF } as const satisfies Operands;

export type StoreExportArguments = Parsed<typeof STORE_EXPORT_OPTIONS, typeof STORE_EXPORT_OPERANDS>;
