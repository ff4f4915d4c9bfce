import type { FieldError, ProblemDocument } from '../wire/problem.js';

/** Every way a request can be refused, with its HTTP status. The codes are stable. */
export const PROBLEMS = {
  'bad-request': [400, 'The request cannot be understood'],
  'invalid-json': [400, 'The body is not valid JSON'],
  'invalid-request': [400, 'The request does not fit its schema'],
  'invalid-selection': [400, 'The selection is invalid for this store'],
  'invalid-cursor': [400, 'The cursor does not belong to this list'],
  unauthorized: [401, 'A token is needed'],
  'host-not-allowed': [403, 'The Host header does not name this service'],
  'origin-not-allowed': [403, 'Requests from other origins are refused'],
  'not-found': [404, 'There is no resource at this path'],
  'unknown-run': [404, 'There is no such run'],
  'unknown-scenario': [404, 'There is no such scenario'],
  'unknown-batch': [404, 'There is no such batch'],
  'unknown-golden': [404, 'There is no such golden'],
  'unknown-diagnostics': [404, 'There is no such diagnostic run'],
  'unknown-record': [404, 'The run has no such record'],
  'method-not-allowed': [405, 'The path does not support this method'],
  'not-acceptable': [406, 'The requested format is not available'],
  'request-timeout': [408, 'The request did not arrive in time'],
  'run-active': [409, 'Another run is active'],
  'run-not-active': [409, 'The run has ended'],
  'run-not-finished': [409, 'The run has not ended yet'],
  'batch-not-active': [409, 'The batch has ended'],
  'diagnostics-active': [409, 'Diagnostics are running'],
  'scenario-exists': [409, 'A scenario with this id already exists'],
  'scenario-not-editable': [409, 'The scenario cannot be edited in place'],
  'golden-not-comparable': [409, 'There is nothing to compare or accept'],
  'golden-run-differs': [409, 'Another run is the latest of this name now'],
  'golden-agrees': [409, 'The golden already has this result'],
  'precondition-failed': [412, 'The document has changed'],
  'body-too-large': [413, 'The body is too large'],
  'url-too-long': [414, 'The URL is too long'],
  'unsupported-media-type': [415, 'The content type must be application/json'],
  'range-not-satisfiable': [416, 'The range is outside the file'],
  'expectation-failed': [417, 'The expectation cannot be met'],
  'invalid-document': [422, 'The documents are invalid'],
  'over-budget': [422, 'The run is larger than this service allows'],
  'unknown-selection': [422, 'The selection names something that is not loaded'],
  'nothing-selected': [422, 'The selection is empty'],
  'upgrade-required': [426, 'This is a WebSocket endpoint'],
  'precondition-required': [428, 'An If-Match header is needed'],
  'headers-too-large': [431, 'The headers are too large'],
  'internal-error': [500, 'The service has a bug'],
  'not-available': [501, 'This service was started without that capability'],
  'store-problem': [503, 'The artefact tree cannot be used'],
  'too-many-connections': [503, 'There are too many connections'],
  'too-many-streams': [503, 'There are too many streams'],
  'shutting-down': [503, 'The service is shutting down'],
  'state-lost': [503, 'Another service has taken over'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** What a refusal may carry beyond its detail. */
export interface RefusalExtras {
  readonly errors?: readonly FieldError[];
  readonly run_id?: string;
  readonly near?: readonly string[];
  /** A list is sent as one line for each. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

/** What is refused from the moment the service begins to close. */
export function shuttingDown(): Refusal {
  return new Refusal('shutting-down', 'The service is shutting down and starts no more work');
}

/** The answer to every request once another service owns the state. */
export function stateLost(): Refusal {
  return new Refusal(
    'state-lost',
    'Another service has taken over the state directory; send requests to it',
    {
      headers: { connection: 'close' },
    },
  );
}

/** Thrown wherever a request turns out to be refused; becomes an application/problem+json answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly extras: RefusalExtras = {},
  ) {
    super(detail);
  }

  get status(): number {
    return PROBLEMS[this.code][0];
  }

  /** The document to send. */
  get document(): ProblemDocument {
    const { errors, run_id, near } = this.extras;
    const [status, title] = PROBLEMS[this.code];
    return {
      type: `/docs#problem-${this.code}`,
      title,
      status,
      detail: this.message,
      code: this.code,
      ...(errors === undefined ? {} : { errors }),
      ...(run_id === undefined ? {} : { run_id }),
      ...(near === undefined || near.length === 0 ? {} : { near }),
    };
  }
}
