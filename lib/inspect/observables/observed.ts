import type { ArtefactStore } from '../../store/port.js';
import type { SelectedRun } from '../selection/selected-run.js';

/** The row with observables, as the record has them. */
export async function observed(_store: ArtefactStore, selected: SelectedRun): Promise<SelectedRun> {
  return Promise.resolve(selected);
}
