import { Ajv2020 } from 'ajv/dist/2020.js';

/** An answer that was checked with the OpenAPI document. */
export interface Answer<T = never> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

interface ResponseObject {
  readonly content?: Readonly<Record<string, unknown>>;
}

interface OpenApi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, ResponseObject>> }>>>
  >;
}

/** A document with its compiled validators. */
interface Compiled {
  readonly text: string;
  readonly document: OpenApi;
  readonly ajv: Ajv2020;
}

let latest: Compiled | undefined;

/** Compiling costs far more than checking, and all services of a test file have the same document. */
function compiled(text: string): Compiled {
  if (latest?.text === text) return latest;
  const document = JSON.parse(text) as OpenApi;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(document, 'openapi.json', false, false);
  return (latest = { text, document, ajv });
}

/** Headers that every answer must have. */
const DEMANDED = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy'];

/** A client that refuses every answer which the service's own OpenAPI document does not allow. */
export class ApiClient {
  readonly url: string;
  readonly document: OpenApi;
  readonly #ajv: Ajv2020;
  readonly #token: string | undefined;

  private constructor(url: string, { document, ajv }: Compiled, token: string | undefined) {
    this.url = url;
    this.document = document;
    this.#ajv = ajv;
    this.#token = token;
  }

  static async open(url: string, token?: string): Promise<ApiClient> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/openapi.json`, { headers });
    if (response.status !== 200) throw new Error(`no OpenAPI document: ${String(response.status)}`);
    return new ApiClient(url, compiled(await response.text()), token);
  }

  get<T>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> {
    return this.#send<T>('get', path, { headers });
  }

  post<T>(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    return this.#send<T>('post', path, { ...sent, headers: { ...type, ...headers } });
  }

  async #send<T>(method: 'get' | 'post', path: string, init: RequestInit): Promise<Answer<T>> {
    const headers = new Headers(init.headers);
    if (this.#token !== undefined) headers.set('authorization', `Bearer ${this.#token}`);
    const response = await fetch(`${this.url}${path}`, { ...init, method: method.toUpperCase(), headers });
    const text = await response.text();
    const type = (response.headers.get('content-type') ?? '').split(';')[0]!;
    const isJson = /[/+]json$/.test(type);
    const body = (isJson ? JSON.parse(text) : undefined) as T;
    this.check({ method, path, status: response.status, type, body, headers: response.headers });
    return { status: response.status, headers: response.headers, body, text };
  }

  /** Throws unless the document allows the answer. */
  check(answer: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly type: string;
    readonly body: unknown;
    readonly headers: Headers;
  }): void {
    const { method, path, status, type, body, headers } = answer;
    const what = `${method} ${path} -> ${String(status)} ${type}`;
    for (const name of DEMANDED) if (headers.get(name) === null) throw new Error(`${what} lacks ${name}`);
    const known = this.#template(path);
    const responses = known === undefined ? undefined : this.document.paths[known]?.[method]?.responses;
    if (responses === undefined) {
      if (status < 400) throw new Error(`${what} is not documented`);
      this.#validate('openapi.json#/components/schemas/Problem', body, what);
      return;
    }
    const content = responses[status]?.content;
    if (content === undefined) {
      const isDocumented = Object.hasOwn(responses, status);
      if (!isDocumented) throw new Error(`${what} is not documented: ${JSON.stringify(body)}`);
      return;
    }
    if (!Object.hasOwn(content, type)) throw new Error(`${what} has a type that is not documented`);
    if (body === undefined) return;
    const step = (text: string): string =>
      encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
    const pointer = `paths/${step(known!)}/${method}/responses/${String(status)}/content/${step(type)}/schema`;
    this.#validate(`openapi.json#/${pointer}`, body, what);
  }

  #validate($ref: string, body: unknown, what: string): void {
    const validate = this.#ajv.getSchema($ref);
    if (validate === undefined) throw new Error(`${what}: the document has no schema at ${$ref}`);
    if (!validate(body))
      throw new Error(
        `${what}: ${this.#ajv.errorsText(validate.errors)} in ${JSON.stringify(body).slice(0, 500)}`,
      );
  }

  #template(path: string): string | undefined {
    const plain = path.split('?')[0]!.replace(/^\/api\/v1(?=\/)/, '');
    const templates = Object.keys(this.document.paths);
    if (templates.includes(plain)) return plain;
    return templates.find((template) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(plain));
  }
}

/** Repeats a request until its answer satisfies the condition; the deadline only ends a test that would not end. */
export async function until<T>(
  ask: () => Promise<T>,
  satisfies: (value: T) => boolean,
  deadlineMs = 600_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const value = await ask();
    if (satisfies(value)) return value;
    if (Date.now() > end)
      throw new Error(`waited in vain; last answer: ${JSON.stringify(value).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
