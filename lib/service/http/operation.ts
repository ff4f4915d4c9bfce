import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fields, InferFields, InferOptional, Schema } from '../../base/schema.js';
import type { RefusalCode } from '../refusal.js';

/** A request that matches its schemas. */
export interface CheckedRequest<P = object, Q = object, B = undefined> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Value of If-Match; present if the operation requires it. */
  readonly if_match: string | undefined;
  /** The caller, for audit logs. */
  readonly who: string;
  /**
   * The media type that the client prefers among these, the first if it has no preference; undefined if it
   * accepts none.
   */
  readonly accepts: (types: readonly string[]) => string | undefined;
  /** Path and query as received, for links to further pages. */
  readonly url: string;
  readonly raw: IncomingMessage;
}

/** Result of a handler. */
export type Reply<A = unknown> =
  | { readonly body: A; readonly headers?: Readonly<Record<string, string>> }
  /** JSON that is already serialised. */
  | { readonly json: Uint8Array; readonly headers?: Readonly<Record<string, string>> }
  /** Writes the answer itself; the security headers are already set. */
  | {
      readonly stream: (response: ServerResponse) => void | Promise<void>;
      /** Headers of the answer; an `etag` is compared with If-None-Match before anything is streamed. */
      readonly headers?: Readonly<Record<string, string>>;
    };

interface SuccessReply<A = unknown> {
  readonly status: number;
  readonly description: string;
  /** Absent if the body is not JSON, see `media`. */
  readonly schema?: Schema<A>;
  readonly media?: string;
  /** Further media types that the client may request. */
  readonly alternatives?: readonly string[];
  /** The answer has an ETag: 304 for a client that has it. */
  readonly isConditional?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One endpoint: its description in the OpenAPI document, the schemas of its requests, and its handler. */
export interface Operation {
  /** operationId. */
  readonly id: string;
  readonly method: 'get' | 'post';
  /** In the form of OpenAPI: `/runs/{run_id}/stop`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params: Fields;
  readonly query: Fields;
  /** Absent: the request has no body. */
  readonly body?: { readonly schema: Schema; readonly required: boolean };
  /** If-Match is required: 428 without it. */
  readonly editable?: boolean;
  readonly success: SuccessReply;
  readonly problems: readonly RefusalCode[];
  readonly handle: (request: CheckedRequest<never, never, never>) => Reply | Promise<Reply>;
}

type NoFields = Record<never, never>;

interface Parts<P extends Fields, Q extends Fields, B, A>
  extends
    Omit<Operation, 'handle' | 'params' | 'query' | 'body' | 'success' | 'problems'>,
    Partial<Pick<Operation, 'problems'>> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: { readonly schema: Schema<B>; readonly required: boolean };
  readonly success: SuccessReply<A>;
  readonly handle: (
    request: CheckedRequest<InferFields<P>, InferOptional<Q>, B>,
  ) => NoInfer<Reply<A> | Promise<Reply<A>>>;
}

/**
 * Declares an operation; its handler receives the validated path parameters, query and body, and returns a
 * value of the schema of `success`.
 */
export function operation<
  P extends Fields = NoFields,
  Q extends Fields = NoFields,
  B = undefined,
  A = unknown,
>(parts: Parts<P, Q, B, A>): Operation {
  return { params: {}, query: {}, problems: [], ...parts, handle: parts.handle as Operation['handle'] };
}
