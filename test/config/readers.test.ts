import fc from 'fast-check';
import { CORE_SCHEMA, dump, load } from 'js-yaml';
import t from 'tap';
import { DEFAULT_LIMITS } from '../../lib/config/index.js';
import { parseText, type ReadResult } from '../../lib/config/source/read-document.js';
import { resolvePlain } from '../../lib/config/source/plain-scalar.js';
import type { Path } from '../../lib/config/source/path.js';
import { anyCharacter } from '../base/any-character.js';

const read = (file: string, text: string): ReadResult => parseText(file, text, DEFAULT_LIMITS);

/** JSON values that documents can contain: integers, well-formed texts, no refused keys. */
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((n) => n + 0),
    fc.string({ unit: anyCharacter }).filter(isPlain),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((key) => !REFUSED.includes(key) && isPlain(key)),
      tie('any'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
})).any;

const REFUSED = ['__proto__', 'constructor', 'prototype'];

function isPlain(text: string): boolean {
  return !/[\p{Surrogate}\p{Cc}\ufeff\ufffe\uffff]/u.test(text);
}

void t.test('the JSON reader accepts the same texts as JSON.parse, with the same values', (t) => {
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 1, '\t'), (json, space) => {
      const text = JSON.stringify(json, null, space);
      t.strictSame(read('a.json', text).document?.value, JSON.parse(text));
    }),
    { numRuns: 200 },
  );
  t.end();
});

void t.test('the JSON reader refuses the same texts as JSON.parse', (t) => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '0',
    '.5',
    'e3',
    'true',
    'nul',
    ' ',
    '\n',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      const { document, problems } = read('a.json', text);
      const isSyntax = problems.some(({ code }) => code === 'syntax' || code === 'empty-document');
      if ((document === undefined) === isJson || isSyntax === isJson) throw new Error(JSON.stringify(text));
    }),
    { numRuns: 3000 },
  );
  t.end();
});

void t.test('the YAML reader returns the same values as js-yaml', (t) => {
  fc.assert(
    fc.property(value, fc.constantFrom(-1, 0, 2), (json, flowLevel) => {
      const text = dump(json, { flowLevel });
      t.strictSame(read('a.yaml', text).document?.value, load(text, { schema: CORE_SCHEMA }));
    }),
    { numRuns: 200 },
  );
  t.end();
});

void t.test('every value has the position of its text', (t) => {
  fc.assert(
    fc.property(value, (json) => {
      const text = JSON.stringify(json, null, 1);
      const { document } = read('a.json', text);
      for (const [path, leaf] of leaves(json)) {
        const { line, column } = document!.place(path);
        const rest = text.split('\n')[line - 1]!.slice(column - 1);
        if (!rest.startsWith(JSON.stringify(leaf))) throw new Error(`${path.join('/')} in ${text}`);
      }
    }),
    { numRuns: 200 },
  );
  t.end();
});

void t.test('plain scalars of YAML are read', (t) => {
  const odd = (text: string): unknown => ({ value: NaN, odd: text });
  const wanted: Readonly<Record<string, unknown>> = {
    '0': { value: 0 },
    '-0': { value: 0 },
    '+7': { value: 7 },
    '007': { value: 7 },
    '0x1F': { value: 31 },
    '0o17': { value: 15 },
    '9007199254740991': { value: 9007199254740991 },
    '-9007199254740991': { value: -9007199254740991 },
    '9007199254740992': odd('9007199254740992'),
    '9007199254740993': odd('9007199254740993'),
    '1.0': odd('1.0'),
    '1.': odd('1.'),
    '.5': odd('.5'),
    '1e3': odd('1e3'),
    '-0.0': odd('-0.0'),
    '.inf': odd('.inf'),
    '-.Inf': odd('-.Inf'),
    '.nan': odd('.nan'),
    no: { value: 'no' },
    Yes: { value: 'Yes' },
    on: { value: 'on' },
    True: { value: true },
    '~': { value: null },
    '': { value: null },
    '1_000': { value: '1_000' },
    '12:30': { value: '12:30' },
    '2024-01-01': { value: '2024-01-01' },
    '0b11': { value: '0b11' },
    '-': { value: '-' },
  };
  for (const [text, scalar] of Object.entries(wanted)) {
    t.strictSame(resolvePlain(text), scalar, JSON.stringify(text));
    const found = resolvePlain(text).value;
    t.notOk(Object.is(found, -0), 'no negative zero');
  }
  t.end();
});

void t.test('aliases share the anchored value and its position', (t) => {
  const { document, problems } = read('a.yaml', 'a: &a {x: 1, y: [2]}\nb: *a\nc: [*a]\n');
  t.same(problems, []);
  t.same(document?.value, { a: { x: 1, y: [2] }, b: { x: 1, y: [2] }, c: [{ x: 1, y: [2] }] });
  t.match(document?.place(['c', 0, 'y', 0]), { line: 1, column: 18 });
  t.match(document?.place(['b']), { line: 2, column: 4 });
  t.match(document?.place(['b'], 'key'), { line: 2, column: 1 });
  const odd = read('a.yaml', 'a: &a 1.5\nb: *a\n').document;
  t.equal(odd?.oddNumber(['b']), '1.5', 'also the text of a number that is not an integer');
  t.end();
});

function leaves(json: unknown, path: Path = []): [Path, unknown][] {
  if (typeof json !== 'object' || json === null) return [[path, json]];
  return Object.entries(json).flatMap(([key, child]) => leaves(child, [...path, key]));
}
