import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { MANIFESTS, PROFILE, ROOT, SET } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const EXPLAIN_OPTIONS = {
  root: ROOT,
  manifests: MANIFESTS,
  profile: PROFILE,
  set: SET,
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const EXPLAIN_OPERANDS = {
  '<name>': { type: 'string', describe: 'Run name, such as gf01 or ring-5[ticks=64]' },
} as const satisfies Operands;

export type ExplainArguments = Parsed<typeof EXPLAIN_OPTIONS, typeof EXPLAIN_OPERANDS>;
