import t from 'tap';
import { loadRunConfigFile } from '../../lib/config/index.js';
import { memoryFiles } from './memory-files.js';
import { PFNA, PROFILE, RUN, SAMPLES, TOPOLOGY } from './sample-documents.js';

void t.test('documents are compared with each other, and problems reported in the wrong file', (t) => {
  const codes = (texts: Readonly<Record<string, string>>): string[] => {
    const loaded = loadRunConfigFile('r.yaml', memoryFiles({ ...SAMPLES, ...texts }));
    const result = loaded.ok ? loaded.value.resolve() : loaded;
    return result.ok
      ? []
      : result.problems.map(({ file, code, line, column }) => `${file}:${line}:${column} ${code}`);
  };
  t.same(codes({}), []);
  t.same(codes({ 'p.yaml': PROFILE.replace('SC: 32', 'SC: 16') }), ['r.yaml:5:15 scale-mismatch']);
  t.same(codes({ 't.yaml': TOPOLOGY.replace('gid: G', 'gid: T') }), ['r.yaml:2:6 gid-mismatch']);
  t.same(codes({ 'f.yaml': PFNA.replace('run_id: r', 'run_id: q').replace('[3, 4]', '[3]') }), [
    'f.yaml:4:9 run-id-mismatch',
    'f.yaml:8:35 values-length',
  ]);
  t.same(
    codes({
      't.yaml': TOPOLOGY.replace('N: 2', 'N: 2\nM: 1'),
      'p.yaml': PROFILE.replace('C0: 7', 'C0: 700'),
      'f.yaml': PFNA.replace('v: 0', 'v: 1').replace('[3, 4]', '[3]'),
      'r.yaml': RUN.replace('[1, 2]', '[1]').replace('ticks: 8', 'ticks: 9'),
    }),
    [
      'f.yaml:1:4 not-allowed-value',
      'f.yaml:8:35 values-length',
      'p.yaml:3:5 chain-start',
      'r.yaml:7:16 state-length',
      'r.yaml:9:3 window-gap',
      't.yaml:4:1 unknown-key',
    ],
    'all problems at once',
  );
  t.same(
    codes({ 'r.yaml': RUN.replace('enable_pfna: true', 'enable_pfna: false'), 'f.yaml': 'nonsense' }),
    [],
    'disabled documents are not read',
  );
  t.end();
});
