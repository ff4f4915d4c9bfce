import type { Options } from '../../../options/declared.js';
import type { Parsed } from '../../../options/parsed.js';
import { STORE_OPTIONS } from '../store-options.js';

export const UPGRADE_OPTIONS = {
  ...STORE_OPTIONS,
  create: { type: 'boolean', describe: 'Create the store if there is none' },
} as const satisfies Options;

export type UpgradeArguments = Parsed<typeof UPGRADE_OPTIONS>;
