import type { Problem } from '../../base/problem.js';
import type { DocumentLimits } from '../limits.js';
import type { ProblemList } from '../problem-list.js';
import type { DocumentView } from '../source/view.js';

/**
 * One document after loading. `value` is present if it is valid; `view` is present also if it is not, so that
 * it can be checked against other documents.
 */
export interface Loaded<T> {
  readonly view: DocumentView | undefined;
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** Arguments of a check within one document. */
export interface CheckContext {
  readonly view: DocumentView;
  readonly limits: DocumentLimits;
  readonly problems: ProblemList;
}
