import { VIEW_OPTIONS } from '../../inspect/view-options.js';
import { GOLDEN, MANIFESTS, PROFILE, ROOT, text } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

const GOLDEN_ACTIONS = ['status', 'review', 'accept', 'reject', 'reopen', 'adopt'] as const;

export const GOLDEN_OPTIONS = {
  reason: { ...text, describe: 'Why the result is right or wrong; recorded' },
  by: {
    ...text,
    describe: 'Name of the person who judges',
    defaultDescription: '$AETHER_BY, user.name of git, or the system user',
  },
  run: { ...text, describe: 'Run whose result is judged; refused if another result is pending' },
  digest: {
    ...text,
    describe: 'First digits of the result digest that is judged; refused if another result is pending',
  },
  all: { type: 'boolean', describe: 'Judge every pending result of the manifests' },
  golden: GOLDEN,
  root: ROOT,
  manifests: { ...MANIFESTS, describe: 'Manifests that ask for goldens, as files or globs (status)' },
  profile: { ...PROFILE, describe: 'Named set of settings from the manifests, as for the batch (status)' },
  ...VIEW_OPTIONS,
} as const satisfies Options;

export const GOLDEN_OPERANDS = {
  '<action>': { type: 'string', choices: GOLDEN_ACTIONS, describe: 'Action' },
  '[names..]': {
    type: 'string',
    array: true,
    describe: 'Run names; default all. For adopt: a snapshot file and a scenario',
  },
} as const satisfies Operands;

export type GoldenArguments = Parsed<typeof GOLDEN_OPTIONS, typeof GOLDEN_OPERANDS>;
