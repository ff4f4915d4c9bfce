import type { ArtefactReader } from '../../store/port.js';
import type { RunObservables } from '../../base/observables.js';
import type { Column } from '../columns/column.js';
import { selectedRun, type SelectedRun } from '../selection/selected-run.js';
import { deriveObservables, derivePress } from './derive-observables.js';

/** The observables that a query needs. */
export interface ObservedNeeds {
  /** True if it needs bits of single windows and streams. */
  readonly press: boolean;
}

/** The needs of some columns; null if records are enough. */
export function neededObservables(columns: readonly Column[]): ObservedNeeds | null {
  if (columns.every(({ needs }) => needs === 'record')) return null;
  return { press: columns.some(({ needs }) => needs === 'press') };
}

/** True for a row whose record lacks observables that a query needs. */
export function lacksObservables({ run }: SelectedRun, needs: ObservedNeeds | null): boolean {
  if (needs === null) return false;
  return run.observables === undefined || (needs.press && run.observables.press === null);
}

/** Adds observables to rows: from the records, otherwise from the artefacts, once per run. */
export class RowObserver {
  readonly #store: ArtefactReader;
  readonly #deriving: (name: string) => void;
  readonly #derived = new Map<string, RunObservables | null>();

  constructor(store: ArtefactReader, deriving: (name: string) => void = () => undefined) {
    this.#store = store;
    this.#deriving = deriving;
  }

  /**
   * The row with observables. A run without any stays without.
   *
   * @throws AetherError as deriveObservables
   */
  async observed(row: SelectedRun, needs: ObservedNeeds | null): Promise<SelectedRun> {
    const { run, name } = row;
    const { observables: recorded } = run;
    if (!lacksObservables(row, needs)) return row;
    let observables = this.#derived.get(run.id);
    if (observables === undefined) {
      this.#deriving(name);
      observables =
        recorded === undefined
          ? await deriveObservables(this.#store, run.id)
          : { ...recorded, press: await derivePress(this.#store, run.id) };
      this.#derived.set(run.id, observables);
    }
    return observables === null ? row : selectedRun({ ...row, run: { ...run, observables } });
  }
}
