import { ROOT } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const VALIDATE_OPTIONS = {
  root: ROOT,
  json: { type: 'boolean', describe: 'Print the problems as JSON' },
} as const satisfies Options;

export const VALIDATE_OPERANDS = {
  '<files..>': { type: 'string', array: true, path: 'file', describe: 'Files or globs' },
} as const satisfies Operands;

export type ValidateArguments = Parsed<typeof VALIDATE_OPTIONS, typeof VALIDATE_OPERANDS>;
