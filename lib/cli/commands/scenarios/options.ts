import { REPEATED_MANIFESTS, ROOT } from '../../options/common-options.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';

export const SCENARIOS_OPTIONS = {
  root: ROOT,
  manifests: REPEATED_MANIFESTS,
  json: { type: 'boolean', describe: 'Print JSON' },
} as const satisfies Options;

export const SCENARIOS_OPERANDS = {
  '[action]': { choices: ['show'] as const, describe: 'Show one scenario' },
  '[id]': { type: 'string', describe: 'Scenario id' },
} as const satisfies Operands;

export type ScenariosArguments = Parsed<typeof SCENARIOS_OPTIONS, typeof SCENARIOS_OPERANDS>;
