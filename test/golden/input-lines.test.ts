import t from 'tap';
import { inputLines } from '../../lib/golden/index.js';

const window = (n: number) => ({ document: 'run', pointer: `/windows/${String(n)}`, a: undefined, b: n });
const inputs = [
  ...[16, 17, 18, 19].map(window),
  { document: 'governance', pointer: '/governance_mode', a: 'OFF', b: 'OBSERVE' },
  { document: 'pfna', pointer: '', a: null, b: [] },
];

void t.test('each document shows its first differences and counts the rest', (t) => {
  t.strictSame(inputLines({ inputs, more_inputs: false }, 2), [
    'run /windows/16: nothing -> 16',
    'run /windows/17: nothing -> 17',
    'governance /governance_mode: "OFF" -> "OBSERVE"',
    'pfna (all of it): null -> []',
    'and 2 more',
  ]);
  t.equal(inputLines({ inputs, more_inputs: true }, 1).at(-1), 'and at least 3 more');
  t.end();
});

void t.test('if the list is complete, only further entries are reported', (t) => {
  t.equal(inputLines({ inputs, more_inputs: false }, Infinity).length, inputs.length);
  t.equal(inputLines({ inputs, more_inputs: true }, Infinity).at(-1), 'and more than these 6');
  t.strictSame(inputLines({ inputs: [], more_inputs: false }, 5), []);
  t.end();
});
