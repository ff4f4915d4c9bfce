import t from 'tap';
import type { Json } from '../../lib/base/canonical-json.js';
import { loadRunConfigFile, overrideFromKey, parseOverride } from '../../lib/config/index.js';
import { memoryFiles } from './memory-files.js';
import { SAMPLES } from './sample-documents.js';

void t.test('texts of -S are parsed', (t) => {
  const parsed = (text: string): unknown => {
    const result = parseOverride(text);
    return result.ok ? [result.value.root, result.value.path, result.value.value] : result.problems[0]?.code;
  };
  t.same(parsed('run.ticks=64'), ['run', ['ticks'], 64]);
  t.same(parsed('profile.press_defaults.accounting=varint-v1'), [
    'profile',
    ['press_defaults', 'accounting'],
    'varint-v1',
  ]);
  t.same(parsed('topology.edges[0].k=3'), ['topology', ['edges', 0, 'k'], 3]);
  t.same(parsed('pfna.entries[1].values=[1, -2]'), ['pfna', ['entries', 1, 'values'], [1, -2]]);
  t.same(parsed('governance.governance_mode=OFF'), ['governance', ['governance_mode'], 'OFF']);
  t.same(parsed('run.run_id="12"'), ['run', ['run_id'], '12']);
  t.same(parsed('run.run_id=a=b'), ['run', ['run_id'], 'a=b']);
  t.same(parsed('run.enable_codex=true'), ['run', ['enable_codex'], true]);
  t.same(parsed('run.nap={mode: X}'), ['run', ['nap'], { mode: 'X' }]);
  t.same(parsed('run.x-note.any[3].thing=1'), ['run', ['x-note', 'any', 3, 'thing'], 1]);
  t.same(parsed('topology.meta.version=2'), ['topology', ['meta', 'version'], 2]);
  t.same(parsed('topology.meta.owner=me'), ['topology', ['meta', 'owner'], 'me']);
  t.same(parsed('run.windows.every=4'), ['run', ['windows', 'every'], 4]);
  t.same(parsed('run.pfna_path=null'), ['run', ['pfna_path'], null]);
  t.end();
});

void t.test('invalid texts of -S are refused', (t) => {
  const refused: readonly (readonly [text: string, message: RegExp, hint?: RegExp])[] = [
    ['run.ticks', /path=value/],
    ['ticks=64', /must start with one of/, /run\.ticks/],
    ['rnu.ticks=64', /must start with one of/, /"run"/],
    ['run.tikcs=64', /"tikcs" is not known/, /"ticks"/],
    ['profile.press_default.gr_max_p=1', /"press_default" is not known/, /"press_defaults"/],
    ['topology.edges[0].kk=1', /"kk" is not known/, /"k"/],
    ['run.ticks.more=1', /does not follow a map/],
    ['run.ticks[0]=1', /does not follow a list/],
    ['run.=1', /not a path/],
    ['run.initial_state[-1]=1', /not a path/],
    ['run.initial_state[01]=1', /not a path/],
    ['run.initial_state[=1', /not a path/],
    ['run.__proto__.x=1', /not allowed/],
    ['topology.meta.constructor=1', /./],
    ['run.ticks=', /value is missing/],
    ['run.ticks=[1', /cannot be parsed/],
    ['run.nap={mode: X, mode: Y}', /cannot be parsed/],
    ['run.nap=*x', /cannot be parsed/],
  ];
  for (const [text, message, hint] of refused) {
    const result = parseOverride(text);
    if (result.ok) {
      t.fail(`${text} is accepted`);
      continue;
    }
    t.match(
      result.problems,
      [{ code: 'bad-override', file: `-S ${text}`, line: 0, column: 0, message }],
      text,
    );
    if (hint) t.match(result.problems[0]?.hint, hint, text);
  }
  t.end();
});

void t.test('keys of sweep axes refer to the RunConfig by default', (t) => {
  const made = (key: string): unknown => {
    const result = overrideFromKey(key, 1, 'cell');
    return result.ok
      ? [result.value.root, result.value.path, result.value.origin]
      : result.problems[0]?.message;
  };
  t.same(made('ticks'), ['run', ['ticks'], 'cell']);
  t.same(made('initial_state[3]'), ['run', ['initial_state', 3], 'cell']);
  t.same(made('profile_path'), ['run', ['profile_path'], 'cell']);
  t.same(made('run.ticks'), ['run', ['ticks'], 'cell']);
  t.same(made('governance.meta.max_envelopes_per_tick'), [
    'governance',
    ['meta', 'max_envelopes_per_tick'],
    'cell',
  ]);
  t.match(made('tick'), /"tick" is not known/);
  t.end();
});

void t.test('a problem caused by an override is reported as such', (t) => {
  const loaded = loadRunConfigFile('r.yaml', memoryFiles({ ...SAMPLES, 'other/p.yaml': SAMPLES['p.yaml']! }));
  if (!loaded.ok) throw new Error('the sample run does not load');
  const problems = (...texts: string[]): string[] => {
    const overrides = texts.map((text) => {
      const parsed = parseOverride(text);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      return parsed.value;
    });
    const result = loaded.value.resolve(overrides);
    return result.ok
      ? []
      : result.problems.map(({ file, line, code, pointer, found }) =>
          [file, line, code, pointer, found ?? ''].join(' '),
        );
  };
  t.same(problems('run.ticks=8'), []);
  t.same(problems('run.ticks=0'), ['-S run.ticks=0 0 out-of-range /ticks 0']);
  t.same(problems('run.ticks=1.0'), ['-S run.ticks=1.0 0 not-an-integer /ticks 1.0']);
  t.same(problems('run.ticks=99999999999999999'), [
    '-S run.ticks=99999999999999999 0 integer-too-large /ticks 99999999999999999',
  ]);
  t.same(
    problems('run.ticks=4'),
    ['r.yaml 10 window-range /windows/1/start_tick 5', 'r.yaml 10 window-range /windows/1/end_tick 8'],
    'a window that was valid before is reported at its place',
  );
  t.same(problems('topology.edges[0].cap=-1'), [
    '-S topology.edges[0].cap=-1 0 out-of-range /edges/0/cap -1',
  ]);
  t.same(problems('topology.edges[2].cap=1'), ['-S topology.edges[2].cap=1 0 bad-override /edges/2/cap 2']);
  t.same(problems('run.initial_state[2]=1'), ['-S run.initial_state[2]=1 0 bad-override /initial_state/2 2']);
  t.same(problems('run.nap={mdoe: X}'), ['-S run.nap={mdoe: X} 0 unknown-key /nap/mdoe mdoe']);
  t.same(problems('profile.SC=16'), ['-S profile.SC=16 0 scale-mismatch /SC 16']);
  t.same(problems('run.profile_path=gone.yaml'), [
    '-S run.profile_path=gone.yaml 0 file-missing /profile_path gone.yaml',
  ]);
  t.same(
    problems('run.profile_path=other/p.yaml'),
    [],
    'paths on the command line are relative to the working directory',
  );
  t.same(problems('run.enable_pfna=false', 'pfna.transform.scale=2'), [
    '-S pfna.transform.scale=2 0 bad-override  ',
  ]);
  t.same(problems('run.ticks=0', 'run.ticks=8'), [], 'the last one applies');
  t.end();
});

void t.test('an invalid document reports the override of every cell', (t) => {
  const loaded = loadRunConfigFile('r.yaml', memoryFiles({ ...SAMPLES }));
  if (!loaded.ok) throw new Error('the sample run does not load');
  const files = ['cell[a]', 'cell[b]'].map((origin) => {
    const override = overrideFromKey('topology.N', 0, origin);
    const result = override.ok ? loaded.value.resolve([override.value]) : override;
    return result.ok ? undefined : result.problems[0]?.file;
  });
  t.same(files, ['cell[a]', 'cell[b]']);
  t.end();
});

void t.test('the same rules apply to values that come from no document', (t) => {
  const made = (value: Json): unknown => {
    const result = overrideFromKey('run.nap', value, 'request');
    return result.ok ? result.value.value : result.problems[0]?.message;
  };
  t.ok(Object.is(made(-0), 0), 'no negative zero');
  t.ok(Object.is((made([-0]) as number[])[0], 0), 'also below');
  t.match(made('\ud800'), /surrogate/);
  t.match(made({ mode: ['\udc00'] }), /surrogate/);
  t.match(made(JSON.parse('{"__proto__": {"x": 1}}') as Json), /__proto__/);
  t.same(made({ mode: '🛰' }), { mode: '🛰' });
  t.end();
});

void t.test('numbers inside an overriding value keep their text', (t) => {
  const loaded = loadRunConfigFile('r.yaml', memoryFiles(SAMPLES));
  const parsed = parseOverride('run.initial_state=[1.50, 12345678901234567890]');
  if (!loaded.ok || !parsed.ok) throw new Error('the sample run does not load');
  const result = loaded.value.resolve([parsed.value]);
  const found = result.ok
    ? []
    : result.problems.map(({ code, pointer, found }) => `${code} ${pointer} ${found}`);
  t.same(found, [
    'not-an-integer /initial_state/0 1.50',
    'integer-too-large /initial_state/1 12345678901234567890',
  ]);
  t.end();
});
