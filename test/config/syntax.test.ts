import t from 'tap';
import { DEFAULT_LIMITS, renderProblem, validateFile } from '../../lib/config/index.js';
import { problemsOf } from './broken.js';
import { memoryFiles } from './memory-files.js';

/** Texts with syntax errors; every problem as `code line:column pointer`. */
const CASES: readonly (readonly [file: string, text: string | Uint8Array, problems: readonly string[]])[] = [
  ['a.json', '', ['empty-document 1:1']],
  ['a.json', ' \n ', ['empty-document 1:1']],
  ['a.json', '{"v": 1, "gid": "G",}', ['syntax 1:21']],
  ['a.json', '{"ticks": 01}', ['syntax 1:12']],
  ['a.json', '{"ticks": 1} x', ['syntax 1:14']],
  ['a.json', '{"ticks": "a\nb"}', ['syntax 1:13 /ticks']],
  ['a.json', '{"ticks": "\\q"}', ['syntax 1:11 /ticks']],
  ['a.json', '{"ticks": "open', ['syntax 1:11 /ticks']],
  ['a.json', '{"windows": [{"a": 1},\n  {"b" 2}]}', ['syntax 2:8 /windows/1/b']],
  ['a.json', "{'v': 1}", ['syntax 1:2']],
  ['a.json', '{"N": NaN}', ['syntax 1:7 /N']],
  ['a.json', '// note\n{}', ['syntax 1:1']],
  ['a.json', '[1, 2', ['syntax 1:6 /2']],
  ['a.yaml', '# only a note\n', ['empty-document 1:1']],
  ['a.yaml', 'N: 1\n---\nN: 2\n', ['many-documents 2:1']],
  ['a.yaml', 'edges: [1\ngid: 2\n', ['syntax 2:1']],
  ['a.yaml', 'N: 1\n\tSC: 2\n', ['syntax 2:1']],
  ['a.yaml', 'N: "\n', ['syntax 2:1']],
  ['a.yaml', 'N: 1\n SC: 2\n', ['syntax 2:4']],
  ['a.yaml', 'N: 1\0', ['nul-character 1:5']],
  ['a.yaml', 'N: \u0007', ['syntax 1:4']],
  ['a.yaml', Buffer.from([0x4e, 0x3a, 0x20, 0x62, 0x0a, 0x63, 0x3a, 0x20, 0xff, 0x0a]), ['not-utf8 2:4']],
  ['a.yaml', Buffer.from([0x4e, 0x3a, 0x20, 0xc3]), ['not-utf8 1:4']],
  ['a.yaml', Buffer.from('\ufeffN: 1', 'utf16le'), ['not-utf8 1:1']],
  ['a.yaml', 'hello', ['unknown-kind 1:1']],
  ['a.yaml', '[1]', ['unknown-kind 1:1']],
  ['a.yaml', 'title: x\n', ['unknown-kind 1:1']],
  [
    'a.yaml',
    'x: *no\ny: &b [*b]\n',
    ['unknown-kind 1:1', 'alias-unknown 1:4 /x', 'alias-recursive 2:8 /y/0'],
  ],
  [
    'a.yaml',
    '%TAG !e! tag:example.org,2000:\n---\nx: !e!y 1\n',
    ['unknown-tag 1:1', 'unknown-kind 3:1', 'unknown-tag 3:4 /x'],
  ],
  ['a.yaml', 'x: !!binary aGk=\n', ['unknown-kind 1:1', 'unknown-tag 1:4 /x']],
  [
    'a.yaml',
    'x: {constructor: 1, "prototype": 2}\n',
    ['unknown-kind 1:1', 'refused-key 1:5 /x', 'refused-key 1:21 /x'],
  ],
  ['a.json', '{"x": {"__proto__": {"y": 1}}}', ['unknown-kind 1:1', 'refused-key 1:8 /x']],
  [
    'a.json',
    '{"x": 1, "x": "\\udc00"}',
    ['unknown-kind 1:1', 'duplicate-key 1:10 /x', 'lone-surrogate 1:15'],
  ],
  [
    'a.yaml',
    '? {a: 1}\n: 2\ntrue: 3\n~: 4\n',
    ['unknown-kind 1:1', 'key-not-text 1:3', 'key-not-text 3:1', 'key-not-text 4:1'],
  ],
];

for (const [file, text, problems] of CASES)
  t.same(problemsOf(file, text), problems, `${file} ${JSON.stringify(String(text)).slice(0, 60)}`);

void t.test('deep nesting and recursive aliases are refused early', (t) => {
  for (const file of ['a.json', 'a.yaml']) {
    t.same(
      problemsOf(file, '['.repeat(100_000)).map((line) => line.split(' ')[0]),
      ['too-deep'],
      file,
    );
    t.same(
      problemsOf(file, '{"a":'.repeat(100_000)).map((line) => line.split(' ')[0]),
      ['too-deep'],
      file,
    );
  }
  t.same(
    problemsOf('a.yaml', '- '.repeat(100_000)).map((line) => line.split(' ')[0]),
    ['too-deep'],
  );
  const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i++) laughs.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}]`);
  t.same(problemsOf('a.yaml', laughs.join('\n')), ['alias-expansion 5:45 /a4/7']);
  const many = `x: &x 1\ny: [${'*x, '.repeat(1001)}]`;
  t.same(
    problemsOf('a.yaml', many).map((line) => line.split(' ')[0]),
    ['too-many-aliases'],
  );
  const deep = `x: &x ${'['.repeat(40)}${']'.repeat(40)}\ny: ${'['.repeat(40)}*x${']'.repeat(40)}`;
  t.same(
    problemsOf('a.yaml', deep).map((line) => line.split(' ')[0]),
    ['too-deep'],
  );
  t.end();
});

void t.test('the maximum depth is accepted', (t) => {
  const { depth } = DEFAULT_LIMITS;
  const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  for (const file of ['a.json', 'a.yaml']) {
    t.same(problemsOf(file, nested(depth)), ['unknown-kind 1:1'], `${file} at the limit`);
    t.same(
      problemsOf(file, nested(depth + 1)).map((line) => line.split(' ')[0]),
      ['too-deep'],
      `${file} beyond`,
    );
  }
  t.end();
});

void t.test('unreadable files are reported', (t) => {
  const files = memoryFiles({ 'large.json': ' '.repeat(200), folder: null });
  const limits = { small_bytes: 100, large_json_bytes: 100, large_yaml_bytes: 100 };
  t.equal(validateFile('large.json', files, limits).problems[0]?.code, 'file-too-large');
  t.equal(validateFile('folder', files).problems[0]?.code, 'not-a-file');
  t.equal(validateFile('gone.yaml', files).problems[0]?.code, 'file-missing');
  const locked = { ...files, read: () => failWith('EACCES') };
  const closed = { ...files, kind: () => failWith('ELOOP') };
  t.match(validateFile('large.json', closed).problems[0], { code: 'file-unreadable', message: /ELOOP/ });
  t.match(validateFile('large.json', locked).problems[0], {
    code: 'file-unreadable',
    line: 0,
    message: /EACCES/,
  });
  t.end();
});

void t.test('positions are right with a byte order mark, CRLF and CR', (t) => {
  const bom = String.fromCharCode(0xfeff);
  t.same(problemsOf('a.yaml', `${bom}N: x\r\nSC: 1\r\nedges: []\r\ngid: 5\r\nprofile: P\r\n`), [
    'wrong-type 1:4 /N',
    'wrong-type 4:6 /gid',
  ]);
  t.same(problemsOf('a.yaml', 'N: 1\rSC: y\redges: []\rgid: G\rprofile: P\r'), ['wrong-type 2:5 /SC']);
  t.same(problemsOf('a.json', `${bom}{"N": 1, "SC": 1, "gid": "G",\r\n "profile": 3, "edges": []}`), [
    'wrong-type 2:13 /profile',
  ]);
  t.end();
});

void t.test('columns count UTF-16 code units, and pointers are escaped', (t) => {
  t.same(problemsOf('a.yaml', '{N: 1, SC: 1, edges: [], gid: "🛰", profile: 1}'), [
    'wrong-type 1:46 /profile',
  ]);
  t.same(problemsOf('a.yaml', 'N: 1\nSC: 1\nedges: []\ngid: G\nprofile: P\na/b~c: 1\n'), [
    'unknown-key 6:1 /a~1b~0c',
  ]);
  t.end();
});

void t.test('problems beyond the limit are counted', (t) => {
  const edges = Array.from({ length: 300 }, () => ({ nope: 1 }));
  const text = JSON.stringify({ gid: 'G', profile: 'P', N: 2, SC: 1, edges });
  const { problems } = validateFile('a.json', memoryFiles({ 'a.json': text }));
  t.equal(problems.length, DEFAULT_LIMITS.problems + 1);
  t.match(problems.at(-1), {
    code: 'more-problems',
    message: `${300 * 6 - 200} more problems in this document are not shown`,
  });
  t.end();
});

void t.test('a problem is printed with its line and a caret', (t) => {
  const files = memoryFiles({ 'a.yaml': 'gid: G\nN: 2.50\nSC: 1\nprofile: P\nedges: []\n' });
  const [problem] = validateFile('a.yaml', files).problems;
  const head = [
    'a.yaml:2:4: not-an-integer: "N" must be written as an integer (at /N)',
    '  found:    2.50',
    '  expected: an integer >= 1',
  ];
  t.equal(renderProblem(problem!, files), [...head, '  2 | N: 2.50', '         ^'].join('\n'));
  t.equal(renderProblem(problem!), head.join('\n'));
  t.equal(
    renderProblem({ ...problem!, line: 0, column: 0 }, files),
    head.join('\n').replace('a.yaml:2:4', 'a.yaml'),
  );
  t.equal(renderProblem(problem!, 'N: \u001b[31m2.50').includes('\u001b'), false, 'no control characters');
  t.end();
});

function failWith(code: string): never {
  throw Object.assign(new Error(code), { code });
}
