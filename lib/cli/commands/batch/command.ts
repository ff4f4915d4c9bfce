import type { CommandModule } from 'yargs';
import { UPDATE_MODES, type UpdateMode } from '../../../golden/check/update-mode.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
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
import type { BatchArguments } from './arguments.js';

const SELECTION = 'Selection:';
const EXECUTION = 'Execution:';
const OUTPUT = 'Output:';
const GOLDENS = 'Goldens:';

const BATCH_OPTIONS = {
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
} as const;

/** `-u` without a value means `changed`. */
function updateMode(value: unknown): UpdateMode | undefined {
  if (value === undefined) return undefined;
  const word = value === '' ? 'changed' : UPDATE_MODES.find((mode) => mode === value);
  if (word !== undefined) return word;
  throw new UsageError(
    `-u must be one of ${UPDATE_MODES.join(', ')}, got ${JSON.stringify(value)}`,
    'write manifests before -u, or -u=changed',
  );
}

/** Runs manifests. `aether-batch` has only this command and omits its name. */
export function batchCommand(
  context: CommandContext,
  program: 'aether' | 'aether-batch',
): CommandModule<object, BatchArguments> {
  const call = program === 'aether' ? 'aether batch' : 'aether-batch';
  return {
    command: program === 'aether' ? 'batch [globs..]' : '$0 [globs..]',
    describe: 'Run scenarios from manifests and keep their artefacts',
    builder: (yargs) =>
      yargs
        .positional('globs', MANIFEST_OPERANDS)
        .options(BATCH_OPTIONS)
        .conflicts('x', ['max-failures', 'keep-going'])
        .conflicts('list', ['dry-run', 'json'])
        .conflicts('watch', ['list', 'dry-run', 'json', 'shard'])
        .conflicts('compare-to', ['list', 'dry-run'])
        .example(`${call} manifests/reference.yaml`, 'Run everything that has no stored result')
        .example(`${call} -n -g 'ring-5'`, 'Show what would run, why, and for how long')
        .example(
          `${call} -S run.ticks=64 -g '^ring-5$'`,
          'With another number of ticks, which becomes part of the name',
        )
        .example(
          `${call} --shard 2/5 --output out-2`,
          'A fifth of the runs; aether merge-reports combines the parts',
        )
        .example(
          `${call} --reporter line,junit,html --output out`,
          'Write machine-readable reports beside the live one',
        )
        .example(
          `${call} --compare-to latest --reporter line,html --output out`,
          'Compare with the last recorded batch',
        )
        .example(`${call} manifests/reference.yaml --watch`, 'Run again after each change of a document')
        .example(`${call} -u missing --reason 'first results'`, 'Accept goldens for runs that have none')
        .example(`${call} --force --repeat-each 2 -j 4`, 'Check that results are reproducible')
        .epilogue(EPILOGUE) as never,
    handler: async (args) => {
      if (args.watch === true) {
        const { watchBatch } = await import('./watch-batch.js');
        return context.exit(await watchBatch(args, context));
      }
      const { runBatchCommand } = await import('./action.js');
      context.exit(await runBatchCommand(args, context));
    },
  };
}

const EPILOGUE = `Exit codes: 0 every run ended as expected, 1 a run failed, or results or goldens disagreed, 2 usage or invalid documents, 4 nothing selected, 5 store problem, 70 internal error, 130 interrupted.
The first SIGINT, SIGTERM or SIGHUP stops running runs at their next tick and keeps their results; the second exits at once. Times and sizes need a unit: 30s, 512MiB.`;
