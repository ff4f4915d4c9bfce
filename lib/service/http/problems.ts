import { Refusal, REFUSALS, type RefusalCode } from '../refusal.js';
import type { ProblemDocument } from '../wire/problem.js';

/** The HTTP status of each refusal. */
export const STATUSES: Readonly<Record<RefusalCode, number>> = {
  'bad-request': 400,
  'invalid-json': 400,
  'invalid-request': 400,
  'invalid-selection': 400,
  'invalid-cursor': 400,
  unauthorized: 401,
  'host-not-allowed': 403,
  'origin-not-allowed': 403,
  'not-found': 404,
  'unknown-run': 404,
  'unknown-scenario': 404,
  'unknown-batch': 404,
  'unknown-golden': 404,
  'unknown-diagnostics': 404,
  'unknown-record': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'request-timeout': 408,
  'run-active': 409,
  'run-not-active': 409,
  'run-not-finished': 409,
  'batch-not-active': 409,
  'diagnostics-active': 409,
  'scenario-exists': 409,
  'scenario-not-editable': 409,
  'golden-not-comparable': 409,
  'golden-run-differs': 409,
  'golden-agrees': 409,
  'precondition-failed': 412,
  'body-too-large': 413,
  'url-too-long': 414,
  'unsupported-media-type': 415,
  'range-not-satisfiable': 416,
  'expectation-failed': 417,
  'invalid-document': 422,
  'over-budget': 422,
  'unknown-selection': 422,
  'nothing-selected': 422,
  'upgrade-required': 426,
  'precondition-required': 428,
  'headers-too-large': 431,
  'internal-error': 500,
  'not-available': 501,
  'store-problem': 503,
  'too-many-connections': 503,
  'too-many-streams': 503,
  'shutting-down': 503,
  'state-lost': 503,
};

/** Headers of an answer; a list is sent as one line for each. */
export type ProblemHeaders = Readonly<Record<string, string | readonly string[]>>;

/** A refusal by the HTTP layer, whose answer has additional headers. */
export class HttpRefusal extends Refusal {
  constructor(
    code: RefusalCode,
    detail: string,
    readonly headers: ProblemHeaders,
  ) {
    super(code, detail);
  }
}

/** The headers that belong to the answer of a refusal. */
export function headersOf(refusal: Refusal): ProblemHeaders {
  return refusal instanceof HttpRefusal ? refusal.headers : {};
}

/** The application/problem+json document of a refusal. */
export function problemDocument({ code, message, extras }: Refusal): ProblemDocument {
  const { errors, run_id, near } = extras;
  return {
    type: `/docs#problem-${code}`,
    title: REFUSALS[code],
    status: STATUSES[code],
    detail: message,
    code,
    ...(errors === undefined ? {} : { errors }),
    ...(run_id === undefined ? {} : { run_id }),
    ...(near === undefined || near.length === 0 ? {} : { near }),
  };
}

/** The answer to every request once another service owns the state. */
export function stateLost(): HttpRefusal {
  return new HttpRefusal(
    'state-lost',
    'Another service has taken over the state directory; send requests to it',
    { connection: 'close' },
  );
}
