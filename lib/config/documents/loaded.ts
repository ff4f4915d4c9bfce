import type { Problem } from '../../base/problem.js';
import type { DocumentLimits } from '../limits.js';
import type { ProblemList } from '../problem-list.js';
import type { DocumentView } from '../source/view.js';

/**
 * One document after loading. `value` is there if nothing is wrong with it; `view` also when something is, so that
 * what it does say can still be held against other documents.
 */
export interface Loaded<T> {
  readonly view: DocumentView | undefined;
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** What a check within one document needs. */
export interface CheckContext {
  readonly view: DocumentView;
  readonly limits: DocumentLimits;
  readonly problems: ProblemList;
}
