import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { pointerStep } from '../../base/json-pointer.js';
import { cappedErrors } from '../capped-errors.js';
import type { FieldError } from '../wire/problem.js';
import type { Schema } from '../../base/schema.js';
import type { OpenApiDocument } from './openapi.js';
import type { Operation } from './operation.js';
import { Refusal } from '../refusal.js';

/** Maximum of errors in one answer. */
const MOST_ERRORS = 50;
const DOCUMENT = 'openapi.json';

/** Validators of the requests of one operation, compiled from the OpenAPI document. */
export interface RequestChecks {
  /** @throws Refusal invalid-request */
  params(raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  query(search: URLSearchParams): Readonly<Record<string, unknown>>;
  body(value: unknown): unknown;
}

/**
 * Validators from an OpenAPI document, each compiled on first use: the start of the service does not wait for
 * them.
 */
export class RequestChecker {
  readonly #ajv: Ajv2020;

  constructor(document: OpenApiDocument) {
    this.#ajv = new Ajv2020({ allErrors: true, strict: false, meta: false, validateSchema: false });
    this.#ajv.addSchema(document, DOCUMENT);
  }

  checksFor(operation: Operation): RequestChecks {
    const { path, method, params, query } = operation;
    const at = `${DOCUMENT}#/paths/${encodeURIComponent(pointerStep(path).slice(1))}/${method}`;
    const names = [...Object.keys(params), ...Object.keys(query)];
    const parameter = (name: string): ValidateFunction =>
      this.#compiled(`${at}/parameters/${String(names.indexOf(name))}/schema`);
    const body = (): ValidateFunction | undefined =>
      operation.body && this.#compiled(`${at}/requestBody/content/application~1json/schema`);
    return {
      params: (raw) => checkParams(raw, params, parameter),
      query: (search) => checkQuery(search, query, parameter),
      body: (value) => checkBody(value, body(), operation.body?.required === true),
    };
  }

  /** The library compiles a part of the document once, and caches it. */
  #compiled(reference: string): ValidateFunction {
    const check = this.#ajv.getSchema(reference);
    if (check === undefined) throw new Error(`the document has no schema at ${reference}`);
    return check;
  }
}

type Checks = (name: string) => ValidateFunction;
type Schemas = Readonly<Record<string, Schema>>;

function checkParams(raw: Readonly<Record<string, unknown>>, schemas: Schemas, checks: Checks) {
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const value = convert(String(raw[name]), schema);
    errors.push(...parameterErrors(name, value, checks));
    values[name] = value;
  }
  refuse(errors, 'A part of the path');
  return values;
}

function checkQuery(search: URLSearchParams, schemas: Schemas, checks: Checks) {
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [name, raw] of search) {
    if (!Object.hasOwn(schemas, name)) {
      errors.push({ pointer: name.slice(0, 100), detail: 'The parameter is unknown' });
    } else if (schemas[name]!.type === 'array') {
      // A list is written by repeating its parameter for each entry.
      values[name] = [...((values[name] ?? []) as unknown[]), raw];
    } else if (Object.hasOwn(values, name)) {
      errors.push({ pointer: name, detail: 'The parameter is given twice' });
    } else values[name] = convert(raw, schemas[name]!);
  }
  for (const [name, value] of Object.entries(values)) errors.push(...parameterErrors(name, value, checks));
  refuse(errors, 'A parameter');
  return values;
}

/** Converts texts of a URL to the type of their schema; unchanged if they do not match. */
function convert(raw: string, schema: Schema): unknown {
  if (schema.type === 'integer') return /^-?\d{1,16}$/.test(raw) ? Number(raw) : raw;
  if (schema.type === 'boolean') return raw === 'true' ? true : raw === 'false' ? false : raw;
  return raw;
}

function parameterErrors(name: string, value: unknown, checks: Checks): FieldError[] {
  const check = checks(name);
  if (check(value)) return [];
  return (check.errors ?? []).map((error) => ({ pointer: name, detail: detailOf(error) }));
}

function checkBody(value: unknown, check: ValidateFunction | undefined, required: boolean): unknown {
  if (check === undefined) {
    if (
      value === undefined ||
      (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    )
      return undefined;
    throw new Refusal('invalid-request', 'This request must not have a body');
  }
  if (value === undefined && !required) return {};
  if (value === undefined) throw new Refusal('invalid-request', 'The request needs a JSON body');
  if (check(value)) return value;
  const errors = (check.errors ?? []).map((error) => ({
    pointer: pointerOf(error),
    detail: detailOf(error),
  }));
  refuse(errors, 'The body');
  return value;
}

function refuse(errors: readonly FieldError[], what: string): void {
  const shown = cappedErrors(errors, MOST_ERRORS);
  if (shown.length > 0) {
    throw new Refusal('invalid-request', `${what} is wrong: ${shown[0]!.pointer} ${shown[0]!.detail}`, {
      errors: shown,
    });
  }
}

function pointerOf({ instancePath, params }: ErrorObject): string {
  const key =
    (params as Record<string, unknown>)['additionalProperty'] ??
    (params as Record<string, unknown>)['missingProperty'];
  const step = typeof key === 'string' ? pointerStep(key.slice(0, 100)) : '';
  return instancePath.slice(0, 300) + step;
}

function detailOf(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return 'is not known here';
    case 'required':
      return 'is missing';
    case 'enum':
      return `must be one of ${(params['allowedValues'] as readonly unknown[]).map(String).join(', ')}`;
    case 'pattern':
      return 'does not have the required form';
    default:
      return error.message ?? 'does not fit its schema';
  }
}
