import fc from 'fast-check';
import t from 'tap';
import type { Json } from '../../lib/base/canonical-json.js';
import { parseOverride, type Override } from '../../lib/config/index.js';
import { inputKey } from '../../lib/session/input-key.js';
import { registryOf } from './loaded.js';

/** Valid and invalid values of cells. */
const VALUES: Readonly<Record<string, readonly Json[]>> = {
  'initial_state[0]': [0, -0, 5, -7, 2 ** 53 - 1, 2 ** 53, 'x', null],
  'initial_state[1]': [0, 1, 2, []],
  'initial_state[9]': [1],
  initial_state: [[1, 2], [3, 4, 5], 'x'],
  ticks: [8, 9, 0],
  run_id: ['r', 'other'],
  'profile.C0': [1, 2, -1],
  'topology.edges[0].k': [1, 2],
  topology_path: ['t.yaml', 'missing.yaml'],
};

const cells = fc
  .subarray(Object.keys(VALUES), { maxLength: 4 })
  .chain((keys) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, fc.constantFrom(...VALUES[key]!)] as const))),
  );

const overrides = fc
  .subarray(['initial_state[1]=9', 'initial_state[0]=2.5', 'ticks=8', 'profile.C0=3'], { maxLength: 2 })
  .map((texts) => texts.map((text) => override(text.includes('profile') ? text : `run.${text}`)));

function override(text: string): Override {
  const made = parseOverride(text);
  if (!made.ok) throw new Error(text);
  return made.value;
}

void t.test('the resolution of a cell does not depend on earlier cells', (inner) => {
  const registry = registryOf(['m.yaml']);
  fc.assert(
    fc.property(fc.array(fc.tuple(cells, overrides), { minLength: 1, maxLength: 12 }), (asked) => {
      for (const [values, over] of asked) {
        const resolved = registry.resolveCell('two', values, over);
        const alone = registryOf(['m.yaml']).resolveCell('two', values, over);
        inner.strictSame(resolved, alone);
        if (resolved.ok && alone.ok) inner.equal(inputKey(resolved.value).key, inputKey(alone.value).key);
      }
    }),
    { numRuns: 40 },
  );
  inner.end();
});

void t.test('cells that differ in the initial state share all other documents', (inner) => {
  const registry = registryOf(['m.yaml']);
  const at = (value: Json) => registry.resolveCell('two', { 'initial_state[0]': value });
  const [one, other] = [at(1), at(-0)];
  if (!one.ok || !other.ok) throw new Error('the sample is sound');
  inner.equal(one.value.run.initial_state[0], 1);
  inner.equal(Object.is(other.value.run.initial_state[0], 0), true);
  inner.equal(other.value.run.windows, one.value.run.windows);
  inner.equal(other.value.topology, one.value.topology);
  inner.equal(at('x').ok, false);
  inner.end();
});
