import type { RunFacts } from '../../store/facts/run-facts.js';
import type { RunRemarks } from '../../store/remarks/run-remarks.js';
import type { AxisValues } from './axis-values.js';

/** One row: a run name, and the run that answers for it. */
export interface SelectedRun {
  /** Place among the candidates of the selection, from 0. */
  readonly position: number;
  /** The name that is asked for; the run that answers may have been executed under another. */
  readonly name: string;
  readonly scenario: string;
  /** The values that the name shows, by the short key under which it shows them. */
  readonly axes: AxisValues;
  /** The batch that gave the answer; null for a run outside of batches. */
  readonly batch: string | null;
  readonly run: RunFacts;
  readonly remarks: RunRemarks;
}
