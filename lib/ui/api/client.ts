import type { FieldError } from '../../service/wire/index.js';

/** Base path of the API, beside the dashboard itself. */
const BASE = '/api/v1';

/** A refusal of the service, or a failure to reach it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Time of the error, in milliseconds since the Unix epoch. */
  readonly at = Date.now();

  constructor(
    /** 0 if there was no answer. */
    readonly status: number,
    /** Stable code of the problem document; `unreachable` if there was no answer. */
    readonly code: string,
    message: string,
    /** Errors of single fields of the request. */
    readonly fields: readonly FieldError[] = [],
    /** The whole problem document. */
    readonly problem: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Parameters of the URL; a list repeats its parameter for each entry. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface Ask {
  readonly method?: 'GET' | 'POST';
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer<T> {
  readonly value: T;
  readonly etag: string | null;
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/** The URL of an operation; components of the path must be encoded. */
export function apiUrl(path: string, query: Query = {}): string {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (typeof value === 'object') for (const one of value) words.append(key, one);
    else if (value !== undefined) words.set(key, String(value));
  }
  const search = words.size === 0 ? '' : `?${words.toString()}`;
  return `${BASE}${path}${search}`;
}

/** Calls the service. Throws an ApiError for every answer that is not a success. */
export async function ask<T>(path: string, options: Ask = {}): Promise<Answer<T>> {
  const { method = 'GET', query, body, headers = {}, signal } = options;
  const response = await reach(apiUrl(path, query), {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw await refusalOf(response);
  const value = (response.headers.get('content-type') ?? '').includes('json')
    ? ((await response.json()) as T)
    : ((await response.text()) as T);
  return { value, etag: response.headers.get('etag'), next: nextCursor(response.headers.get('link')) };
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw new ApiError(0, 'unreachable', 'The service does not answer. Is `aether serve` still running?');
  }
}

async function refusalOf(response: Response): Promise<ApiError> {
  try {
    const problem = (await response.json()) as Record<string, unknown>;
    const { code, detail, title, errors } = problem;
    return new ApiError(
      response.status,
      String(code ?? response.status),
      String(detail ?? title ?? response.statusText),
      Array.isArray(errors) ? (errors as FieldError[]) : [],
      problem,
    );
  } catch {
    return new ApiError(response.status, String(response.status), `The service answered ${response.status}`);
  }
}

/** The cursor in a `Link: <...>; rel="next"` header. */
function nextCursor(link: string | null): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="next"/.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  return new URL(target, window.location.origin).searchParams.get('cursor') ?? undefined;
}
