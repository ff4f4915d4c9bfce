import { setImmediate } from 'node:timers/promises';
import type { ManifestScenario } from '../../config/index.js';
import { expandCells } from './expand.js';

/** Number of runs between two yields to the event loop: some milliseconds, including the work for each. */
const RUNS_PER_TURN = 256;

/** A run of a scenario. */
export interface ScenarioRun {
  readonly scenario: ManifestScenario;
  readonly name: string;
}

/** The runs of scenarios. Yields to the event loop, so that a service answers other requests meanwhile. */
export async function* expandInTurns(
  scenarios: Iterable<ManifestScenario>,
): AsyncGenerator<ScenarioRun, void, undefined> {
  let runs = 0;
  for (const scenario of scenarios) {
    for (const { name } of expandCells(scenario.id, scenario)) {
      yield { scenario, name };
      if (++runs % RUNS_PER_TURN === 0) await setImmediate();
    }
  }
}
