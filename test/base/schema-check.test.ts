import t from 'tap';
import { checkOf, wrongFieldOf } from '../../lib/base/schema-check.js';
import {
  anything,
  checkedBy,
  constant,
  count,
  digest,
  either,
  flag,
  list,
  mapOf,
  number,
  object,
  oneOf,
  orNull,
  record,
  runId,
  safeInteger,
  text,
  type Infer,
  type Schema,
} from '../../lib/base/schema.js';

const HASH = 'ab'.repeat(32);

const SAMPLE = record(
  'A record.',
  {
    v: constant(1, 'Version.'),
    id: runId('Its id.'),
    state: orNull(oneOf(['on', 'off'], 'State.')),
    hash: digest('A hash.'),
    parts: list(object('A part.', { size: count('Size.') }), 'Parts.'),
    bits: mapOf(safeInteger('Bits.'), 'Bits by name.'),
    value: either(number('A number.'), text('A text.')),
    rest: anything('Anything.'),
  },
  { note: text('A note.', { minLength: 1 }), isOld: flag('Old.') },
);

const GOOD: Infer<typeof SAMPLE> = JSON.parse(
  JSON.stringify({
    v: 1,
    id: 'r-1',
    state: null,
    hash: HASH,
    parts: [{ size: 0 }],
    bits: { a: -1 },
    value: 0.5,
    rest: null,
  }),
) as Infer<typeof SAMPLE>;

void t.test('the first field that violates its schema is named', (t) => {
  const wrongIn = wrongFieldOf(SAMPLE);
  t.equal(wrongIn(GOOD), undefined);
  t.equal(
    wrongIn({ ...GOOD, note: 'n', isOld: false, later: 1 }),
    undefined,
    'records may have further fields',
  );
  const bad: readonly (readonly [string, unknown])[] = [
    ['v', 2],
    ['id', 'A'],
    ['state', 'of'],
    ['hash', HASH.toUpperCase()],
    ['parts', [{ size: -1 }]],
    ['parts', [{ size: 1, more: 1 }]],
    ['parts', {}],
    ['bits', { a: 2 ** 53 }],
    ['bits', []],
    ['value', true],
    ['rest', undefined],
    ['note', ''],
    ['note', null],
    ['isOld', 1],
  ];
  for (const [field, value] of bad)
    t.equal(wrongIn({ ...GOOD, [field]: value }), field, JSON.stringify(value));
  for (const value of [null, [], 'text', undefined]) t.equal(wrongIn(value), 'v', 'not an object');
  t.end();
});

void t.test('a function replaces the keywords, and null stays allowed', (t) => {
  const check = checkOf(orNull(checkedBy((value) => value === 'yes', text('Yes.'))));
  t.ok(check('yes') && check(null));
  t.notOk(check('no') || check(undefined));
  t.end();
});

void t.test('keywords that records are not checked for are refused', (t) => {
  const schemas: readonly Schema[] = [
    text('A text.', { maxLength: 3 }),
    list(text('A text.'), 'Texts.', { minItems: 1 }),
    mapOf(text('A text.'), 'Texts.', { minProperties: 1 }),
  ];
  for (const schema of schemas) t.throws(() => checkOf(schema), { message: /records are not checked for/ });
  t.end();
});
