import fc from 'fast-check';
import { dump, load } from 'js-yaml';
import t from 'tap';
import type { Json } from '../../lib/base/canonical-json.js';
import {
  copyItem,
  NotEditable,
  setInDocument,
  type EditPath,
} from '../../lib/service/scenarios/edit-document.js';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly path: EditPath;
  readonly value: Json;
  readonly expected: string;
  readonly file?: string;
}

const CASES: readonly Case[] = [
  { name: 'plain', text: 'a: 1 # one\nb: 2\n', path: ['a'], value: 5, expected: 'a: 5 # one\nb: 2\n' },
  { name: 'double quotes', text: 'a: "x" # q\n', path: ['a'], value: 'y: z', expected: 'a: "y: z" # q\n' },
  {
    name: 'single quotes',
    text: "a: 'it''s' # q\n",
    path: ['a'],
    value: 'plain',
    expected: 'a: plain # q\n',
  },
  {
    name: 'empty value',
    text: 'a: # nothing\nb: 1\n',
    path: ['a'],
    value: 3,
    expected: 'a: 3 # nothing\nb: 1\n',
  },
  { name: 'empty last value', text: 'b: 1\na:', path: ['a'], value: 3, expected: 'b: 1\na: 3' },
  {
    name: 'block text',
    text: 'a: |\n  long\n  text\nb: 1\n',
    path: ['a'],
    value: 'short',
    expected: 'a: short\nb: 1\n',
  },
  {
    name: 'folded text with comment',
    text: 'a: >- # why\n  long\n  text\nb: 1\n',
    path: ['a'],
    value: 'short',
    expected: 'a: short\nb: 1\n',
  },
  {
    name: 'flow map',
    text: 'a: { x: 1, y: 2 } # c\n',
    path: ['a', 'y'],
    value: 9,
    expected: 'a: { x: 1, y: 9 } # c\n',
  },
  {
    name: 'new key in a flow map',
    text: 'a: { x: 1 } # c\n',
    path: ['a', 'y'],
    value: true,
    expected: 'a: { x: 1, y: true } # c\n',
  },
  {
    name: 'new key in an empty flow map',
    text: 'a: {}\n',
    path: ['a', 'y'],
    value: 1,
    expected: 'a: {y: 1}\n',
  },
  {
    name: 'new key in a block map',
    text: 'a:\n  x: 1 # c\nb: 2\n',
    path: ['a', 'y'],
    value: 1,
    expected: 'a:\n  x: 1 # c\n  y: 1\nb: 2\n',
  },
  {
    name: 'new key after a nested map',
    text: 'a:\n  x:\n    z: 1 # deep\nb: 2\n',
    path: ['a', 'y'],
    value: 1,
    expected: 'a:\n  x:\n    z: 1 # deep\n  y: 1\nb: 2\n',
  },
  {
    name: 'new key after a block text',
    text: 'a:\n  x: |\n    text\nb: 2\n',
    path: ['a', 'y'],
    value: 1,
    expected: 'a:\n  x: |\n    text\n  y: 1\nb: 2\n',
  },
  {
    name: 'new nested keys',
    text: 'a:\n  x: 1\n',
    path: ['a', 'y', 'z'],
    value: 1,
    expected: 'a:\n  x: 1\n  y: {z: 1}\n',
  },
  {
    name: 'new key without a last line end',
    text: 'a:\n  x: 1',
    path: ['a', 'y'],
    value: 1,
    expected: 'a:\n  x: 1\n  y: 1',
  },
  {
    name: 'in place of nothing',
    text: 'a: # empty\nb: 1\n',
    path: ['a', 'y'],
    value: 1,
    expected: 'a: {y: 1} # empty\nb: 1\n',
  },
  {
    name: 'in place of null',
    text: 'a: null # empty\n',
    path: ['a', 'y'],
    value: 1,
    expected: 'a: {y: 1} # empty\n',
  },
  {
    name: 'an alias',
    text: 'x: &n 1\na: *n # same\n',
    path: ['a'],
    value: 2,
    expected: 'x: &n 1\na: 2 # same\n',
  },
  {
    name: 'a list',
    text: 'a: [1, 2] # c\n',
    path: ['a'],
    value: ['p', 'q, r'],
    expected: 'a: [p, "q, r"] # c\n',
  },
  {
    name: 'a block list',
    text: 'a:\n  - 1\n  - 2 # two\nb: 1\n',
    path: ['a'],
    value: [3],
    expected: 'a:\n  [3] # two\nb: 1\n',
  },
  {
    name: 'an item of a list',
    text: 'l:\n- id: a\n  k: 1 # c\n- id: b\n  k: 2\n',
    path: ['l', 1, 'k'],
    value: 7,
    expected: 'l:\n- id: a\n  k: 1 # c\n- id: b\n  k: 7\n',
  },
  {
    name: 'CRLF',
    text: 'a:\r\n  x: 1 # c\r\nb: 2\r\n',
    path: ['a', 'y'],
    value: 1,
    expected: 'a:\r\n  x: 1 # c\r\n  y: 1\r\nb: 2\r\n',
  },
  {
    name: 'a hash in a text',
    text: 'a: "x # y" # c\n',
    path: ['a'],
    value: 'z # w',
    expected: 'a: "z # w" # c\n',
  },
  {
    name: 'JSON',
    file: 'x.json',
    text: '{"a": {"b": 1}, "c": [1]}',
    path: ['a', 'b'],
    value: 'x',
    expected: '{"a": {"b": "x"}, "c": [1]}',
  },
  {
    name: 'a new key in JSON',
    file: 'x.json',
    text: '{\n  "a": {"b": 1}\n}\n',
    path: ['a', 'c'],
    value: null,
    expected: '{\n  "a": {"b": 1, "c": null}\n}\n',
  },
  {
    name: 'a comment with a bracket',
    text: 'a: { x: 1, # } not here\n  y: 2 }\n',
    path: ['a', 'z'],
    value: 3,
    expected: 'a: { x: 1, # } not here\n  y: 2, z: 3 }\n',
  },
  {
    name: 'texts that look like other things',
    text: 'a: 1\n',
    path: ['a'],
    value: '007',
    expected: 'a: "007"\n',
  },
];

for (const { name, text, path, value, expected, file = 'x.yaml' } of CASES) {
  void t.test(name, (t) => {
    t.equal(setInDocument({ file, text }, path, value), expected);
    t.end();
  });
}

void t.test('an edit that would change other parts is refused', (t) => {
  const refused: readonly (readonly [string, EditPath])[] = [
    ['a: &n 1\nb: *n\n', ['a']],
    ['base: &b { x: 1 }\na: *b\n', ['a', 'x']],
    ['a: !!str 1\n', ['a']],
    ['a: 1\n', ['a', 'x']],
    ['a: [1]\n', ['a', 1]],
    ['a: [1]\n', ['a', 'x']],
    ['', ['a']],
  ];
  for (const [text, path] of refused)
    t.throws(() => setInDocument({ file: 'x.yaml', text }, path, 2), NotEditable, text);
  t.end();
});

void t.test('a copied item includes its comments', (t) => {
  const text = 'list:\n  # first\n  - id: a # one\n    k: [1,\n      2] # end\n  - id: b\n';
  const copied = copyItem({ file: 'x.yaml', text }, ['list'], 0);
  t.equal(
    copied,
    'list:\n  # first\n  - id: a # one\n    k: [1,\n      2] # end\n  - id: a # one\n    k: [1,\n      2] # end\n  - id: b\n',
  );
  t.equal(
    copyItem({ file: 'x.json', text: '{"l": [{"a": 1}, 2]}' }, ['l'], 0),
    '{"l": [{"a": 1}, {"a": 1}, 2]}',
  );
  t.end();
});

const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string());
const key = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,6}$/)
  .filter((text) => !['constructor', 'prototype'].includes(text));
const tree = fc.letrec<{ value: Json; map: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 4 }), tie('map')),
  map: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 5 }),
}));

void t.test('exactly one value changes in random documents', (t) => {
  const property = fc.property(
    tree.map,
    leaf,
    fc.nat(),
    fc.boolean(),
    fc.integer({ min: -1, max: 4 }),
    (document, value, pick, isJson, flowLevel) => {
      const text = isJson ? JSON.stringify(document, null, 2) : dump(document, { flowLevel, lineWidth: -1 });
      const paths = pathsOf(document);
      const path = paths[pick % paths.length]!;
      const edited = setInDocument({ file: isJson ? 'x.json' : 'x.yaml', text }, path, value);
      const found: unknown = isJson ? JSON.parse(edited) : load(edited);
      return JSON.stringify(found) === JSON.stringify(withValue(document, path, value));
    },
  );
  fc.assert(property, { numRuns: 1000, seed: 7 });
  t.end();
});

function pathsOf(value: Json, below: EditPath = []): EditPath[] {
  if (typeof value !== 'object' || value === null) return [below];
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  const deeper = steps.flatMap((step) =>
    pathsOf((value as Record<string | number, Json>)[step]!, [...below, step]),
  );
  return below.length === 0 ? deeper : [below, ...deeper];
}

function withValue(root: Json, [step, ...rest]: EditPath, value: Json): Json {
  if (step === undefined) return value;
  if (Array.isArray(root))
    return (root as Json[]).map((item, index) => (index === step ? withValue(item, rest, value) : item));
  const map = root as Record<string, Json>;
  return { ...map, [step]: withValue(map[step]!, rest, value) };
}
