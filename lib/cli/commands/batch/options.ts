import { UPDATE_MODES } from '../../../golden/check/update-mode.js';
import {
  manyLabels,
  oneDuration,
  oneInteger,
  oneMemory,
  oneShard,
  oneSize,
  wordsOf,
} from '../../option-values.js';
import {
  GREP,
  LABEL,
  MANIFEST_OPERANDS,
  MANIFESTS,
  PROFILE,
  ROOT,
  SET,
  STORE,
  TAG,
  text,
} from '../../options/common-options.js';
import { REPORTERS } from '../../../config/reporter-names.js';
import type { Operands, Options } from '../../options/declared.js';
import type { Parsed } from '../../options/parsed.js';
import { updateMode } from './update-mode.js';

const SELECTION = 'Selection:';
const EXECUTION = 'Execution:';
const OUTPUT = 'Output:';
const GOLDENS = 'Goldens:';

export const BATCH_OPTIONS = {
  root: { ...ROOT, group: SELECTION },
  manifests: { ...MANIFESTS, group: SELECTION },
  grep: { ...GREP, group: SELECTION },
  tag: { ...TAG, group: SELECTION },
  profile: { ...PROFILE, group: SELECTION },
  'last-failed': {
    type: 'boolean',
    group: SELECTION,
    describe: 'Only runs whose last result failed or differs from its golden',
  },
  set: { ...SET, group: SELECTION },
  shard: {
    ...text,
    group: SELECTION,
    describe: 'Only part i of n, such as 2/5; all parts take about the same time',
    coerce: oneShard('--shard'),
  },
  durations: {
    ...text,
    group: SELECTION,
    needs: 'shard',
    describe: 'Report whose durations balance the shards, for machines that share no store',
    defaultDescription: 'the durations recorded in the store',
    path: 'file',
  },
  store: { ...STORE, group: EXECUTION },
  jobs: {
    ...text,
    alias: 'j',
    group: EXECUTION,
    describe: 'Runs computed at once',
    defaultDescription: 'the number of cores',
    coerce: oneInteger('--jobs', 1),
  },
  force: { type: 'boolean', group: EXECUTION, describe: 'Execute every run, even if its result is stored' },
  'repeat-each': {
    ...text,
    group: EXECUTION,
    describe: 'Execute every run this many times; the results must agree',
    coerce: oneInteger('--repeat-each', 1),
  },
  'keep-going': {
    type: 'boolean',
    alias: 'k',
    group: EXECUTION,
    describe: 'Continue after failures (the default)',
  },
  x: { type: 'boolean', group: EXECUTION, describe: 'Start no more runs after the first failure' },
  'max-failures': {
    ...text,
    group: EXECUTION,
    describe: 'Start no more runs after this many failures',
    coerce: oneInteger('--max-failures', 1),
  },
  retries: {
    ...text,
    group: EXECUTION,
    describe: 'Retries after failures of the machine; faults are never retried',
    coerce: oneInteger('--retries', 0),
  },
  timeout: {
    ...text,
    group: EXECUTION,
    describe: 'Time limit of one run, such as 30s',
    coerce: oneDuration('--timeout'),
  },
  'global-timeout': {
    ...text,
    group: EXECUTION,
    describe: 'Time limit of the whole batch',
    coerce: oneDuration('--global-timeout'),
  },
  'max-memory': {
    ...text,
    group: EXECUTION,
    describe: 'Heap of each worker, such as 512MiB; a run that needs more fails alone',
    coerce: oneMemory('--max-memory'),
  },
  'max-work': {
    ...text,
    group: EXECUTION,
    describe: 'Largest run allowed, as ticks x (nodes + edges); checked before anything is allocated',
    defaultDescription: '1000000000000',
    coerce: oneInteger('--max-work', 1),
  },
  'max-bytes': {
    ...text,
    group: EXECUTION,
    describe: 'Largest estimated size of the artefacts of one run, such as 20GiB',
    defaultDescription: '1TiB',
    coerce: oneSize('--max-bytes'),
  },
  'update-golden': {
    type: 'string',
    alias: 'u',
    group: GOLDENS,
    describe: `Accept results as goldens: ${UPDATE_MODES.join(', ')}; refused when CI is set`,
    defaultDescription: 'none; -u alone means changed',
    coerce: updateMode,
  },
  reason: {
    ...text,
    group: GOLDENS,
    describe: 'Why the results are right; recorded in each golden that -u accepts',
  },
  by: {
    ...text,
    group: GOLDENS,
    describe: 'Name of the person who accepts them',
    defaultDescription: '$AETHER_BY or $USER',
  },
  golden: {
    type: 'string',
    defaultDescription: '"golden"',
    group: GOLDENS,
    path: 'directory',
    negatable: true,
    configured: true,
    describe: 'Directory of the goldens; --no-golden disables the comparison',
  },
  label: { ...LABEL, group: EXECUTION, coerce: manyLabels('--label') },
  watch: {
    type: 'boolean',
    group: EXECUTION,
    describe: 'Plan and run again after each change of a document, and show the differences; Ctrl-C exits',
  },
  'dry-run': {
    type: 'boolean',
    alias: 'n',
    group: OUTPUT,
    describe: 'Show what would run and why; write nothing',
  },
  list: { type: 'boolean', group: OUTPUT, describe: 'List the names of the selected runs' },
  reporter: {
    ...text,
    group: OUTPUT,
    describe: `Reporters: ${REPORTERS.join(', ')}`,
    defaultDescription: 'line',
    repeats: true,
    coerce: wordsOf('--reporter', REPORTERS),
  },
  output: {
    ...text,
    group: OUTPUT,
    path: 'directory',
    describe: 'Directory for the files of the reporters and for report.json',
  },
  'compare-to': {
    ...text,
    group: OUTPUT,
    describe:
      'Batch to compare with: latest (of these runs), an id, or a report; the comparison is printed and added to the reports',
  },
  json: { type: 'boolean', group: OUTPUT, describe: 'Print the result as one JSON document' },
} as const satisfies Options;

export const BATCH_OPERANDS = { '[globs..]': MANIFEST_OPERANDS } as const satisfies Operands;

export type BatchArguments = Parsed<typeof BATCH_OPTIONS, typeof BATCH_OPERANDS>;
