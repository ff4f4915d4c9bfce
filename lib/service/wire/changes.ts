import {
  type Infer,
  anything,
  digest,
  flag,
  id,
  instant,
  integer,
  list,
  number,
  object,
  oneOf,
  orNull,
  text,
} from '../../base/schema.js';
import { INPUT_DIFFERENCE } from './difference.js';
import { named, ref } from './named-schema.js';

const SIDE_RUN = object('A run in one of the batches.', {
  name: id('Run name.'),
  input_key: digest('Hash of everything that can change the result.'),
  state: text('How it ended, or cached.'),
  run: orNull(id('The run with its result.')),
  result_digest: orNull(digest('Digest of the result.')),
  ok: orNull(flag('Ended as expected; null when not recorded.')),
  measured_ms: orNull(number('Milliseconds of one execution.')),
  failure: orNull(text('What is wrong with it.')),
});

const VERSIONS = object('Versions of the engine.', { a: text('Before.'), b: text('After.') });

const CAUSE = object('What changed for a run.', {
  engine: orNull(VERSIONS),
  documents: list(text('A document.'), 'Documents that differ in a field that can change a result.'),
  inputs: list(ref(INPUT_DIFFERENCE), 'Where they differ.'),
  more_inputs: flag('There are more differences.'),
});

const FIRST = object('The first difference of two results.', {
  tick: orNull(integer('First divergent tick; null for records of the whole run.')),
  tick_to: orNull(integer('The last tick it may belong to, if only a range is known.')),
  artefact: text('Kind of the artefact.'),
  pointer: text('JSON pointer into the record.'),
  a: anything('Value before; null where there is none.'),
  b: anything('Value after; null where there is none.'),
});

const TOLD = {
  cause: orNull(CAUSE),
  first: orNull(FIRST),
  unknown: orNull(text('Why cause and first difference are not known.')),
};

export const RUN_CHANGE = named(
  'RunChange',
  object('A run that differs between the batches.', {
    name: id('Run name.'),
    change: oneOf(['changed', 'added', 'gone', 'same'], 'Kind of change; same: only inputs or time differ.'),
    what: list(oneOf(['result', 'end'], 'A part.'), 'What differs in a changed run.'),
    speed: orNull(oneOf(['faster', 'slower'], 'Compared with the earlier run.')),
    ...TOLD,
    a: orNull(SIDE_RUN),
    b: orNull(SIDE_RUN),
  }),
);
export type WireRunChange = Infer<typeof RUN_CHANGE>;

const SIDE = object('A batch.', { batch: id('Its id.'), started_at: orNull(instant('When it started.')) });
const count = (of: string) => integer(of, { minimum: 0 });

export const BATCH_DIFF = named(
  'BatchDiff',
  object('Two batches compared run by run.', {
    v: integer('Version of the shape.'),
    kind: oneOf(['BatchDiff'], 'Marks the kind of the document.'),
    a: SIDE,
    b: SIDE,
    equal: flag('Nothing is added, gone or changed.'),
    threshold: object('Threshold of a difference in time.', {
      percent: count('Minimum of the slower time, in percent of the faster time.'),
      least_ms: count('Minimum of the difference, in milliseconds.'),
    }),
    counts: object('Runs by kind of change.', {
      added: count('Only in b.'),
      gone: count('Only in a.'),
      changed: count('With another result or end.'),
      same: count('As before.'),
      same_with_other_inputs: count('Unchanged runs with other inputs.'),
      faster: count('Faster by the threshold.'),
      slower: count('Slower by the threshold.'),
    }),
    engines: list(
      object('A change of the version.', {
        a: text('Before.'),
        b: text('After.'),
        runs: count('Runs with it.'),
      }),
      'Changes of the engine.',
    ),
    runs: list(ref(RUN_CHANGE), 'By name; runs without any difference are only counted.'),
  }),
);
export type WireBatchDiff = Infer<typeof BATCH_DIFF>;

export const TREND_ENTRY = named(
  'TrendEntry',
  object('A run name or a scenario in one batch.', {
    batch: id('Id of the batch.'),
    started_at: instant('When it started.'),
    manifests: list(text('A manifest.'), 'Its manifests.'),
    runs: count('Runs of the name in it.'),
    executed: count('Executed runs.'),
    cached: count('Cached runs.'),
    bad: count('Runs that did not end as expected.'),
    engines: list(text('A version.'), 'Engine versions of their results.'),
    result_digest: orNull(digest('The result; of several runs the hash of all.')),
    result: oneOf(['first', 'same', 'changed', 'none'], 'Compared with the previous result.'),
    changes: list(
      object('A result that differs from the previous one.', {
        name: id('Run name.'),
        before: digest('Result before.'),
        after: digest('Result now.'),
        ...TOLD,
      }),
      'What changed.',
    ),
    other_inputs: list(id('A run name.'), 'Runs with other inputs and the same result.'),
    golden: orNull(text('Code of the golden issue, or judged; null when goldens were not judged.')),
    measured_ms: orNull(number('Milliseconds of one execution of each run.')),
    speed: orNull(oneOf(['faster', 'slower'], 'Compared with the last batch that executed it.')),
  }),
);

export const TREND = named(
  'Trend',
  object('A run name or scenario over the batches.', {
    v: integer('Version of the shape.'),
    kind: oneOf(['History'], 'Marks the kind of the document.'),
    name: id('The requested name.'),
    of: oneOf(['run', 'scenario'], 'Kind of the name.'),
    entries: list(ref(TREND_ENTRY), 'The latest batch first.'),
    more: flag('Older batches contain it as well.'),
  }),
);
export type WireTrend = Infer<typeof TREND>;
