import type { RunFacts } from '../../store/facts/run-facts.js';
import type { RunRemarks } from '../../store/remarks/run-remarks.js';
import { axisValues, type AxisValues } from './axis-values.js';

/** One row: a run name, and its run. */
export interface SelectedRun {
  /** Position among the candidates of the selection, from 0. */
  readonly position: number;
  /** The requested name; the run may have been executed under another. */
  readonly name: string;
  readonly scenario: string;
  /** The values in the name, by their short keys. */
  readonly axes: AxisValues;
  /** The batch with the result; null for a run outside of batches. */
  readonly batch: string | null;
  readonly run: RunFacts;
  readonly remarks: RunRemarks;
}

/** A row whose axes are computed on demand: most columns need none. */
export function selectedRun(fields: Omit<SelectedRun, 'axes'>): SelectedRun {
  return new LazyRow(fields);
}

class LazyRow implements SelectedRun {
  readonly position: number;
  readonly name: string;
  readonly scenario: string;
  readonly batch: string | null;
  readonly run: RunFacts;
  readonly remarks: RunRemarks;
  #axes: AxisValues | undefined;

  constructor({ position, name, scenario, batch, run, remarks }: Omit<SelectedRun, 'axes'>) {
    this.position = position;
    this.name = name;
    this.scenario = scenario;
    this.batch = batch;
    this.run = run;
    this.remarks = remarks;
  }

  get axes(): AxisValues {
    const { name, run } = this;
    return (this.#axes ??= axisValues(name, run.name === name ? run.cell : null));
  }
}
