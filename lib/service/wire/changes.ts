import {
  anything,
  digest,
  flag,
  freeObject,
  id,
  instant,
  integer,
  list,
  named,
  number,
  object,
  oneOf,
  orNull,
  ref,
  text,
  type Infer,
  type WireSchema,
} from './schema.js';

const SIDE_RUN = object('A run as one of the batches had it.', {
  name: id('Run name.'),
  input_key: digest('Hash of everything that can change the result.'),
  state: text('How it ended, or cached.'),
  run: orNull(id('The run that stands for it.')),
  result_digest: orNull(digest('Digest of the result.')),
  ok: orNull(flag('Ended as expected; null when not recorded.')),
  measured_ms: orNull(number('Milliseconds of one execution.')),
  failure: orNull(text('What is wrong with it.')),
});

const VERSIONS = object('Versions of the engine.', { a: text('Before.'), b: text('After.') });

const CAUSE = object('What changed for a run.', {
  engine: orNull(VERSIONS),
  documents: list(text('A document.'), 'Documents that differ in something that can change a result.'),
  inputs: list(freeObject('Document, pointer, and both values.') as WireSchema<object>, 'Where they differ.'),
  more_inputs: flag('There are more than these.'),
});

const FIRST = object('Where two results part.', {
  tick: orNull(integer('First divergent tick; null for records of the whole run.')),
  tick_to: orNull(integer('The last tick it may belong to, where only a span is known.')),
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
  object('A run that is not in both batches as it was.', {
    name: id('Run name.'),
    change: oneOf(
      ['changed', 'added', 'gone', 'same'],
      'What became of it; same: only inputs or time differ.',
    ),
    what: list(oneOf(['result', 'end'], 'A part.'), 'What of a changed run is another.'),
    speed: orNull(oneOf(['faster', 'slower'], 'Against the run before.')),
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
    kind: oneOf(['BatchDiff'], 'Tells it from other documents.'),
    a: SIDE,
    b: SIDE,
    equal: flag('Nothing is added, gone or changed.'),
    threshold: object('How much of a difference in time counts.', {
      percent: count('The slower one takes at least so many hundredths of the time of the faster one.'),
      least_ms: count('And so many milliseconds more.'),
    }),
    counts: object('Runs by what became of them.', {
      added: count('Only in b.'),
      gone: count('Only in a.'),
      changed: count('With another result or end.'),
      same: count('As before.'),
      same_with_other_inputs: count('Of the same ones, those with other inputs.'),
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
    runs: list(ref(RUN_CHANGE), 'By name; runs that are the same in everything are only counted.'),
  }),
);
export type WireBatchDiff = Infer<typeof BATCH_DIFF>;

export const TREND_ENTRY = named(
  'TrendEntry',
  object('What one batch did with a run name or a scenario.', {
    batch: id('Id of the batch.'),
    started_at: instant('When it started.'),
    manifests: list(text('A manifest.'), 'Where its scenarios come from.'),
    runs: count('Runs of the name in it.'),
    executed: count('Executed ones.'),
    cached: count('Ones whose result was there.'),
    bad: count('Ones that ended otherwise than expected, or not at all.'),
    engines: list(text('A version.'), 'Engines whose results stand for them.'),
    result_digest: orNull(digest('The result; of several runs the hash of all.')),
    result: oneOf(['first', 'same', 'changed', 'none'], 'Against the last result before.'),
    changes: list(
      object('A result that is another one.', {
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
    speed: orNull(oneOf(['faster', 'slower'], 'Against the last batch that executed it.')),
  }),
);

export const TREND = named(
  'Trend',
  object('A run name or scenario over the batches.', {
    v: integer('Version of the shape.'),
    kind: oneOf(['History'], 'Tells it from other documents.'),
    name: id('What was asked for.'),
    of: oneOf(['run', 'scenario'], 'What it is.'),
    entries: list(ref(TREND_ENTRY), 'The latest batch first.'),
    more: flag('Older batches have it too.'),
  }),
);
export type WireTrend = Infer<typeof TREND>;
