import t from 'tap';
import { WIRE_SCHEMAS } from '../../lib/service/wire/index.js';
import { nested, valueAt } from '../../lib/ui/forms/pointers.js';
import { typedInteger } from '../../lib/ui/forms/typed-integer.js';
import { checkValue } from '../../lib/ui/tabs/scenarios/check-value.js';
import {
  formTree,
  leavesOf,
  type Definitions,
  type FormLeaf,
} from '../../lib/ui/tabs/scenarios/form-tree.js';

/** All fields of a change of a scenario, as described by the service. */
const LEAVES = leavesOf(formTree({ $ref: 'ScenarioPatch' }, WIRE_SCHEMAS as Definitions));

function leaf(pointer: string): FormLeaf {
  return LEAVES.find((found) => found.pointer === pointer)!;
}

void t.test('every field of the schema has a control of its type', (inner) => {
  inner.strictSame(
    LEAVES.map(({ pointer, kind }) => `${pointer} ${kind}`),
    [
      '/name text',
      '/description long-text',
      '/tags list',
      '/runtime_hint choice',
      '/pillars list',
      '/core_params/ticks_total integer',
      '/core_params/primary_window_id text',
      '/core_params/metrics_enabled boolean',
      '/core_params/logging_enabled boolean',
      '/governance_preset choice',
    ],
  );
  inner.end();
});

void t.test('titles, references and unions with null are supported; other fields are omitted', (inner) => {
  const definitions: Definitions = { Limit: { type: ['integer', 'null'], title: 'Upper limit' } };
  const fields = formTree(
    {
      properties: {
        'a/b~c': { $ref: '#/components/schemas/Limit', description: 'At most so many.' },
        point_of_view: { type: 'string' },
        anything: {},
        numbers: { type: 'array', items: { type: 'integer' } },
      },
    },
    definitions,
  );
  inner.match(fields, [
    { pointer: '/a~1b~0c', kind: 'integer', label: 'Upper limit', hint: 'At most so many.' },
    { pointer: '/point_of_view', kind: 'text', label: 'Point of view' },
  ]);
  inner.equal(fields.length, 2);
  inner.end();
});

void t.test('values are validated with their schema', (inner) => {
  const ticks = leaf('/core_params/ticks_total');
  inner.equal(checkValue(ticks, 1), undefined);
  inner.match(checkValue(ticks, 0), 'at least 1');
  inner.match(checkValue(ticks, Number.MAX_SAFE_INTEGER), 'at most');
  for (const value of [null, '1.5', 'x']) inner.match(checkValue(ticks, value), 'whole number');
  inner.match(checkValue(leaf('/name'), ''), 'empty');
  inner.match(checkValue(leaf('/name'), 'x'.repeat(201)), 'at most 200');
  inner.equal(checkValue(leaf('/description'), ''), undefined);
  inner.match(checkValue(leaf('/tags'), ['fine', 'x'.repeat(101)]), 'at most 100');
  inner.match(checkValue(leaf('/pillars'), Array.from({ length: 21 }, String)), 'at most 20');
  inner.end();
});

void t.test('only exact whole numbers become numbers', (inner) => {
  inner.equal(typedInteger(' 42 '), 42);
  inner.equal(typedInteger('-7'), -7);
  inner.equal(typedInteger(''), null);
  for (const text of ['1e3', '4.0', '0x10', '9007199254740993']) inner.equal(typedInteger(text), text);
  inner.end();
});

void t.test('edits by pointer become the smallest document with their effect', (inner) => {
  const document = nested({
    '/name': 'x',
    '/core_params/ticks_total': 3,
    '/core_params/metrics_enabled': false,
  });
  inner.strictSame(document, { name: 'x', core_params: { ticks_total: 3, metrics_enabled: false } });
  inner.equal(valueAt(document, '/core_params/ticks_total'), 3);
  inner.equal(valueAt(document, '/core_params/none/deeper'), undefined);
  inner.strictSame(nested({ '/a~1b~0c': null }), { 'a/b~c': null });
  inner.end();
});
