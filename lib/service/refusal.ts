import type { FieldError } from './wire/problem.js';

/** All codes of refusals, with a title for users. The codes are stable; http/problems.ts has their HTTP statuses. */
export const REFUSALS = {
  'bad-request': 'The request cannot be understood',
  'invalid-json': 'The body is not valid JSON',
  'invalid-request': 'The request does not fit its schema',
  'invalid-selection': 'The selection is invalid for this store',
  'invalid-cursor': 'The cursor does not belong to this list',
  unauthorized: 'A token is needed',
  'host-not-allowed': 'The Host header does not name this service',
  'origin-not-allowed': 'Requests from other origins are refused',
  'not-found': 'There is no resource at this path',
  'unknown-run': 'There is no such run',
  'unknown-scenario': 'There is no such scenario',
  'unknown-batch': 'There is no such batch',
  'unknown-golden': 'There is no such golden',
  'unknown-diagnostics': 'There is no such diagnostic run',
  'unknown-record': 'The run has no such record',
  'method-not-allowed': 'The path does not support this method',
  'not-acceptable': 'The requested format is not available',
  'request-timeout': 'The request did not arrive in time',
  'run-active': 'Another run is active',
  'run-not-active': 'The run has ended',
  'run-not-finished': 'The run has not ended yet',
  'batch-not-active': 'The batch has ended',
  'diagnostics-active': 'Diagnostics are running',
  'scenario-exists': 'A scenario with this id already exists',
  'scenario-not-editable': 'The scenario cannot be edited in place',
  'golden-not-comparable': 'There is nothing to compare or accept',
  'golden-run-differs': 'Another run is the latest of this name now',
  'golden-agrees': 'The golden already has this result',
  'precondition-failed': 'The document has changed',
  'body-too-large': 'The body is too large',
  'url-too-long': 'The URL is too long',
  'unsupported-media-type': 'The content type must be application/json',
  'range-not-satisfiable': 'The range is outside the file',
  'expectation-failed': 'The expectation cannot be met',
  'invalid-document': 'The documents are invalid',
  'over-budget': 'The run is larger than this service allows',
  'unknown-selection': 'The selection names something that is not loaded',
  'nothing-selected': 'The selection is empty',
  'upgrade-required': 'This is a WebSocket endpoint',
  'precondition-required': 'An If-Match header is needed',
  'headers-too-large': 'The headers are too large',
  'internal-error': 'The service has a bug',
  'not-available': 'This service was started without that capability',
  'store-problem': 'The artefact tree cannot be used',
  'too-many-connections': 'There are too many connections',
  'too-many-streams': 'There are too many streams',
  'shutting-down': 'The service is shutting down',
  'state-lost': 'Another service has taken over',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** Details beyond the message. */
export interface RefusalExtras {
  readonly errors?: readonly FieldError[];
  readonly run_id?: string;
  /** Names that may have been meant. */
  readonly near?: readonly string[];
}

/** Thrown by operations of the service that refuse what was asked. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    detail: string,
    readonly extras: RefusalExtras = {},
  ) {
    super(detail);
  }
}

/** The refusal of new work from the moment the service begins to close. */
export function shuttingDown(): Refusal {
  return new Refusal('shutting-down', 'The service is shutting down and starts no more work');
}
