import { WIRE_SCHEMAS } from '../wire/index.js';
import { text, type Schema } from '../../base/schema.js';
import type { Operation } from './operation.js';
import { type RefusalCode } from '../refusal.js';
import { STATUSES } from './problems.js';

/** The OpenAPI document as data; requests are validated against it. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
  readonly [key: string]: unknown;
}

/** Refusals any request can meet. */
const GENERAL: readonly RefusalCode[] = [
  'bad-request',
  'invalid-request',
  'unauthorized',
  'host-not-allowed',
];
const OF_CHANGES: readonly RefusalCode[] = ['invalid-json', 'body-too-large', 'unsupported-media-type'];

/** Generates the OpenAPI 3.1 document of the operations. */
export function openApiDocument(operations: readonly Operation[], version: string): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Aether operator service',
      version,
      description:
        'Starts and supervises runs, shows their records, and edits scenarios and governance. Every path is also available below /api/v1.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }, { url: '/api/v1' }],
    security: [{}, { bearer: [] }, { basic: [] }],
    tags: tagsOf(operations),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        basic: { type: 'http', scheme: 'basic', description: 'Any user name; the token is the password.' },
      },
      schemas: WIRE_SCHEMAS,
    },
  };
}

function tagsOf(operations: readonly Operation[]): { name: string }[] {
  return [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name }));
}

function describe(operation: Operation): Record<string, unknown> {
  const { id, tag, summary, description, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    parameters: parametersOf(operation),
    ...(body === undefined
      ? {}
      : {
          requestBody: { required: body.required, content: { 'application/json': { schema: body.schema } } },
        }),
    responses: {
      [operation.success.status]: successOf(operation),
      ...(operation.success.isConditional === true ? { 304: NOT_MODIFIED } : {}),
      ...problemsOf(operation),
    },
  };
}

const ETAG = { etag: 'Identifies these bytes; send it as If-None-Match.' };
const NOT_MODIFIED = { description: 'The client already has the answer, according to If-None-Match.' };

function parametersOf({ params, query, editable }: Operation): Record<string, unknown>[] {
  const of = (place: 'path' | 'query', schemas: Readonly<Record<string, Schema>>) =>
    Object.entries(schemas).map(([name, { description, ...schema }]) => ({
      name,
      in: place,
      required: place === 'path',
      description,
      schema,
    }));
  const match = {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'ETag of the document that was read.',
    schema: { type: 'string' },
  };
  return [...of('path', params), ...of('query', query), ...(editable === true ? [match] : [])];
}

function successOf({ success }: Operation): Record<string, unknown> {
  const { description, schema, media = 'application/json', alternatives = [], isConditional } = success;
  const headers = { ...success.headers, ...(isConditional === true ? ETAG : {}) };
  const named = Object.entries(headers).map(([name, about]) => [
    name,
    { description: about, schema: text(about) },
  ]);
  const others = alternatives.map((type) => [type, { schema: { type: 'string' } }] as const);
  const content = { [media]: { schema: schema ?? { type: 'string' } }, ...Object.fromEntries(others) };
  return {
    description,
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) as unknown }),
    ...(success.status === 204 ? {} : { content }),
  };
}

function problemsOf(operation: Operation): Record<string, unknown> {
  const codes = new Set<RefusalCode>([...GENERAL, 'internal-error', 'store-problem', ...operation.problems]);
  if (operation.method === 'post') {
    for (const code of [...OF_CHANGES, 'origin-not-allowed' as const, 'shutting-down' as const])
      codes.add(code);
  }
  if (operation.editable === true) codes.add('precondition-failed').add('precondition-required');
  const byStatus = new Map<number, RefusalCode[]>();
  for (const code of codes) {
    const status = STATUSES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, all]) => [status, { description: `Refused: ${all.join(', ')}.`, content }]),
  );
}
