import { systemClock } from '../../platform/clock.js';
import { RUN_STATES } from '../../store/record-types.js';
import { parseSince, SINCE_FORM } from '../../store/since.js';
import { UsageError } from '../command-error.js';
import { manyTexts, oneText, wordsOf } from '../option-values.js';
import { STORE, TAG, text } from './common-options.js';
import type { Options } from './declared.js';
import type { Parsed } from './parsed.js';

/** Runs as operands; default every run name. */
export const SELECTOR_OPERANDS = {
  type: 'string',
  array: true,
  describe: 'Run ids or unique prefixes, run names, globs over them, scenario ids, or latest',
} as const;

/** Options of every command on many runs. */
export const SELECTION_OPTIONS = {
  scenario: {
    ...text,
    repeats: true,
    describe: 'Only runs of this scenario; may be repeated',
    coerce: manyTexts,
  },
  batch: { ...text, describe: 'Only the runs of this batch: its id, a unique prefix, or latest' },
  manifest: {
    ...text,
    path: 'file',
    repeats: true,
    describe: 'Only the runs in the current plan of this manifest; may be repeated',
    coerce: manyTexts,
  },
  tag: { ...TAG, describe: 'Only the runs of scenarios with this tag in the manifests; may be repeated' },
  state: {
    ...text,
    describe: `Only runs in these states: ${RUN_STATES.join(', ')}; separated by commas`,
    coerce: wordsOf('--state', RUN_STATES),
  },
  since: {
    ...text,
    describe: 'Only runs that started since a time: 90m, 12h, 7d, 2w, or a date such as 2026-01-31',
    coerce: oneSince('--since'),
  },
  where: {
    ...text,
    repeats: true,
    describe: 'Only runs that meet a condition such as ticks>=32 or profile=cmp-1; may be repeated',
    coerce: manyTexts,
  },
  'all-executions': {
    type: 'boolean',
    describe: 'Every execution, not only the current run of each name',
  },
  store: STORE,
} as const satisfies Options;

/** The arguments of a command that selects runs. */
export type SelectionArguments = Parsed<
  typeof SELECTION_OPTIONS,
  { readonly '[selector..]': typeof SELECTOR_OPERANDS }
>;

/**
 * A moment in the past as ISO 8601: an age, or a date with or without a time (UTC unless stated otherwise).
 */
export function oneSince(option: string): (value: unknown) => string | undefined {
  const text = oneText(option);
  return (value) => {
    const given = text(value);
    if (given === undefined) return undefined;
    const moment = parseSince(given, systemClock.now());
    if (moment !== undefined) return moment;
    throw new UsageError(`${option} must be ${SINCE_FORM}, got ${JSON.stringify(given)}`);
  };
}
