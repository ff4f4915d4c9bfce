/** The answer to a query by name. Never an exception: a missing item is an expected answer. */
export type Lookup<T> = { readonly ok: true; readonly value: T } | NotFound;

/**
 * unknown: nothing has the name. ambiguous: several items match; `near` lists them. not_recorded: the run has
 * no such artefact, because its documents do not enable it or because it ended before. is_batch: a run was
 * requested, and the text names a batch, the one in `near`.
 */
export type NotFoundReason = 'unknown' | 'ambiguous' | 'not_recorded' | 'is_batch';

export interface NotFound {
  readonly ok: false;
  readonly reason: NotFoundReason;
  /** The requested item, for display: `tick 99`, `run gf1`. */
  readonly what: string;
  /** Candidates, the most probable first. */
  readonly near: readonly string[];
  /** Number of further candidates that are not in `near`. */
  readonly hidden?: number;
}

/** Maximum of listed candidates of an ambiguous text. */
const MOST_MEANT = 8;

/** The answer to a text with several matches, the most probable first. */
export function ambiguous(what: string, matching: readonly string[]): NotFound {
  const hidden = Math.max(0, matching.length - MOST_MEANT);
  return { ...notFound(what, matching.slice(0, MOST_MEANT), 'ambiguous'), hidden };
}

/** Wraps an answer. */
export function found<T>(value: T): Lookup<T> {
  return { ok: true, value };
}

export function notFound(
  what: string,
  near: readonly string[] = [],
  reason: NotFoundReason = 'unknown',
): NotFound {
  return { ok: false, reason, what, near };
}

/** One line for display. */
export function describeNotFound({ reason, what, near, hidden = 0 }: NotFound): string {
  const list = `${near.join(', ')}${hidden > 0 ? ` and ${String(hidden)} more` : ''}`;
  switch (reason) {
    case 'unknown':
      return `there is no ${what}${list === '' ? '' : `; near matches: ${list}`}`;
    case 'ambiguous':
      return `${what} is ambiguous; candidates: ${list}`;
    case 'is_batch':
      return `${what} is a batch, not a run; aether batches show ${list} lists its runs`;
    case 'not_recorded':
      return `${what} was not recorded${list === '' ? '' : `; recorded are ${list}`}`;
  }
}
