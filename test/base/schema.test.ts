import t from 'tap';
import {
  freeObject,
  integer,
  list,
  mapOf,
  mixed,
  object,
  oneOf,
  orNull,
  text,
  type Infer,
  type InferOptional,
} from '../../lib/base/schema.js';
import { named, ref } from '../../lib/service/wire/named-schema.js';

/** Compiles only for two types that are the same, optional and readonly fields included. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const POINT = named('Point', object('A point.', { x: integer('x.') }));
const SHAPE = object(
  'A shape.',
  {
    kind: oneOf(['line', 'dot'], 'Kind.'),
    at: ref(POINT),
    before: orNull(ref(POINT)),
    names: list(text('A name.'), 'Names.'),
    sizes: mapOf(integer('A size.'), 'Sizes.'),
    cell: mixed(['integer', 'boolean', 'null']),
  },
  { style: orNull(oneOf(['thin', 'bold'], 'Style.')), extra: freeObject() },
);

const QUERY = { limit: integer('Limit.'), state: oneOf(['on', 'off'], 'State.') };

interface Point {
  readonly x: number;
}
interface Shape {
  readonly kind: 'line' | 'dot';
  readonly at: Point;
  readonly before: Point | null;
  readonly names: readonly string[];
  readonly sizes: Readonly<Record<string, number>>;
  readonly cell: number | boolean | null;
  readonly style?: 'thin' | 'bold' | null;
  readonly extra?: Readonly<Record<string, unknown>>;
}

void t.test('the type of a shape is inferred from its schema', (t) => {
  const isSame: Same<Infer<typeof SHAPE>, { [K in keyof Shape]: Shape[K] }> = true;
  const isSameQuery: Same<
    InferOptional<typeof QUERY>,
    { readonly limit?: number; readonly state?: 'on' | 'off' }
  > = true;
  t.strictSame(Object.keys(QUERY), ['limit', 'state']);
  t.ok(isSame && isSameQuery, 'compiled');
  t.end();
});

void t.test('a schema is plain JSON Schema', (t) => {
  const point = { $ref: '#/components/schemas/Point' };
  t.same(JSON.parse(JSON.stringify(SHAPE)), {
    type: 'object',
    description: 'A shape.',
    properties: {
      kind: { type: 'string', enum: ['line', 'dot'], description: 'Kind.' },
      at: point,
      before: { anyOf: [point, { type: 'null' }] },
      names: { type: 'array', description: 'Names.', items: { type: 'string', description: 'A name.' } },
      sizes: {
        type: 'object',
        description: 'Sizes.',
        additionalProperties: { type: 'integer', description: 'A size.' },
      },
      cell: { type: ['integer', 'boolean', 'null'] },
      style: { type: ['string', 'null'], enum: ['thin', 'bold', null], description: 'Style.' },
      extra: { type: 'object', additionalProperties: true },
    },
    required: ['kind', 'at', 'before', 'names', 'sizes', 'cell'],
    additionalProperties: false,
  });
  t.end();
});
