import type { ArtefactReader } from '../store/port.js';
import { findRun } from './find/find-run.js';
import { found, type Lookup } from './find/lookup.js';
import { RunArtefacts } from './artefacts/run-artefacts.js';
import { RunView } from './run-view.js';

/**
 * Opens a stored run for reading.
 *
 * @param ref id, unique id prefix, run name, scenario id (its latest run) or `latest`
 * @returns not-found with similar names, or the reason `ambiguous` with the matching runs of a prefix
 */
export async function openRun(store: ArtefactReader, ref: string): Promise<Lookup<RunView>> {
  const record = await findRun(store, ref);
  return record.ok ? found(new RunView(new RunArtefacts(store, record.value))) : record;
}
