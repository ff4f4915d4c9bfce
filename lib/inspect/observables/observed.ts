import type { ArtefactStore } from '../../store/port.js';
import type { Column } from '../columns/column.js';
import type { SelectedRun } from '../selection/selected-run.js';
import { deriveObservables, derivePress } from './derive-observables.js';

/** What a question needs of the observables. */
export interface ObservedNeeds {
  /** Bits of single windows and streams, too. */
  readonly press: boolean;
}

/** What some columns need; null when records are enough. */
export function neededObservables(columns: readonly Column[]): ObservedNeeds | null {
  if (columns.every(({ needs }) => needs === 'record')) return null;
  return { press: columns.some(({ needs }) => needs === 'press') };
}

/**
 * The row with observables: as the record has them, otherwise from the artefacts. A run that has none stays without.
 *
 * @throws AetherError as deriveObservables
 */
export async function observed(
  store: ArtefactStore,
  selected: SelectedRun,
  needs: ObservedNeeds,
): Promise<SelectedRun> {
  const { run } = selected;
  if (run.observables === undefined) {
    const observables = await deriveObservables(store, run.id);
    return observables === null ? selected : { ...selected, run: { ...run, observables } };
  }
  if (!needs.press || run.observables.press !== null) return selected;
  const observables = { ...run.observables, press: await derivePress(store, run.id) };
  return { ...selected, run: { ...run, observables } };
}
