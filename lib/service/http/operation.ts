import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireSchema } from '../wire/schema.js';
import type { ProblemCode } from './problems.js';

/** A request that has passed its schemas. */
export interface CheckedRequest<P = object, Q = object, B = undefined> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Value of If-Match; present wherever the operation asks for it. */
  readonly if_match: string | undefined;
  /** Who asks, for audit logs. */
  readonly who: string;
  /** The media type that the client would have of these, the first where it has no wish; undefined for none of them. */
  readonly accepts: (types: readonly string[]) => string | undefined;
  /** Path and query as they came, for links to further pages. */
  readonly url: string;
  readonly raw: IncomingMessage;
}

/** What a handler answers. */
export type Reply =
  | { readonly body: unknown; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  /** Bytes of JSON that were made before. */
  | { readonly json: Uint8Array; readonly headers?: Readonly<Record<string, string>> }
  /** Writes the answer itself, the security headers are set already. */
  | {
      readonly stream: (response: ServerResponse) => void | Promise<void>;
      /** Of the answer; an `etag` is compared with If-None-Match before anything is streamed. */
      readonly headers?: Readonly<Record<string, string>>;
    };

interface SuccessReply {
  readonly status: number;
  readonly description: string;
  /** Absent: the body is not JSON, see `media`. */
  readonly schema?: WireSchema;
  readonly media?: string;
  /** Further media types that the client may ask for. */
  readonly alternatives?: readonly string[];
  /** The answer has an ETag: 304 for a client that has it. */
  readonly isConditional?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One endpoint: what the OpenAPI document says of it, what requests are checked against, and what answers. */
export interface Operation {
  /** operationId. */
  readonly id: string;
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `/runs/{run_id}/stop`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params: Readonly<Record<string, WireSchema>>;
  readonly query: Readonly<Record<string, WireSchema>>;
  /** Absent: the request has no body. */
  readonly body?: { readonly schema: WireSchema; readonly required: boolean };
  /** If-Match is demanded: 428 without it. */
  readonly editable?: boolean;
  readonly success: SuccessReply;
  readonly problems: readonly ProblemCode[];
  readonly handle: (request: CheckedRequest<never, never, never>) => Reply | Promise<Reply>;
}

type Parts = Omit<Operation, 'handle' | 'params' | 'query' | 'problems'> &
  Partial<Pick<Operation, 'params' | 'query' | 'problems'>>;

/**
 * Declares an operation. The type parameters say what the schemas let through: path parameters, query, body.
 */
export function operation<P = object, Q = object, B = undefined>(
  parts: Parts & { readonly handle: (request: CheckedRequest<P, Q, B>) => Reply | Promise<Reply> },
): Operation {
  return { params: {}, query: {}, problems: [], ...parts, handle: parts.handle as Operation['handle'] };
}
