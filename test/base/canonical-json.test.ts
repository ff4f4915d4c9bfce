import fc from 'fast-check';
import t from 'tap';
import { canonicalJson, type Json } from '../../lib/base/canonical-json.js';
import { InvariantError } from '../../lib/base/errors.js';
import { exactJson, type Exact } from '../session/oracle-json.js';
import { anyCharacter } from './any-character.js';

void t.test('keys are sorted by UTF-16 code unit, not by code point or locale', (t) => {
  // U+1F600 is the surrogate pair D83D DE00, so it sorts before U+FFFD although its code point is larger.
  const record = { '\uFFFD': 1, '\u{1F600}': 2, é: 3, z: 4, Z: 5, a: 6, '': 7, '10': 8, '9': 9, ab: 10 };
  t.equal(
    canonicalJson(record),
    '{"":7,"10":8,"9":9,"Z":5,"a":6,"ab":10,"z":4,"é":3,"\u{1F600}":2,"\uFFFD":1}',
  );
  t.end();
});

void t.test('integers are printed in plain decimal at both ends of the range', (t) => {
  const max = Number.MAX_SAFE_INTEGER;
  t.equal(
    canonicalJson([max, -max, 0, -0, 1e15]),
    '[9007199254740991,-9007199254740991,0,0,1000000000000000]',
  );
  t.end();
});

void t.test('unsafe integers are refused at any depth', (t) => {
  for (const bad of [0.5, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53), 1e21]) {
    t.throws(() => canonicalJson(bad), InvariantError, String(bad));
    t.throws(() => canonicalJson({ a: [1, { b: bad }] }), InvariantError, `nested ${String(bad)}`);
  }
  t.end();
});

void t.test('only characters that JSON requires to be escaped are escaped', (t) => {
  t.equal(
    canonicalJson('"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028é\u{1F600}'),
    '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028é\u{1F600}"',
  );
  t.end();
});

void t.test('undefined members are omitted, null members are kept', (t) => {
  t.equal(canonicalJson({ b: undefined, a: null, c: [] }), '{"a":null,"c":[]}');
  t.equal(canonicalJson({}), '{}');
  t.equal(canonicalJson([true, false, null, [[]]]), '[true,false,null,[[]]]');
  t.end();
});

void t.test('the output does not depend on the insertion order of members', (t) => {
  const members = fc.uniqueArray(fc.tuple(fc.string({ unit: anyCharacter }), fc.maxSafeInteger()), {
    selector: ([key]) => key,
  });
  const property = fc.property(members, fc.integer({ min: 0, max: 99 }), (pairs, turn) => {
    const usable = pairs.filter(([key]) => key !== '__proto__');
    const turned = [
      ...usable.slice(turn % (usable.length + 1)),
      ...usable.slice(0, turn % (usable.length + 1)),
    ];
    return canonicalJson(Object.fromEntries(usable)) === canonicalJson(Object.fromEntries(turned));
  });
  fc.assert(property, { seed: 11, numRuns: 300 });
  t.pass('300 records');
  t.end();
});

void t.test('the output agrees with a character-by-character encoder', (t) => {
  const value = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.string({ unit: anyCharacter }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: anyCharacter }), tie('value'), { maxKeys: 5 }),
    ),
  })).value;
  fc.assert(
    fc.property(value, (json) => canonicalJson(json) === exactJson(exact(json))),
    { seed: 12, numRuns: 1000 },
  );
  t.pass('1000 records');
  t.end();
});

function exact(json: Json): Exact {
  if (typeof json === 'number') return BigInt(json);
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return (json as readonly Json[]).map(exact);
  return Object.fromEntries(Object.entries(json).map(([key, member]) => [key, exact(member as Json)]));
}
