import { setImmediate as nextTurn } from 'node:timers/promises';
import { expandCells } from '../../batch/expand/expand.js';
import { cellBound, MAX_CELLS, type ManifestScenario, type ScenarioList } from '../../config/index.js';

/** Number of runs between two yields to the event loop: some milliseconds, including the work for each. */
const RUNS_PER_TURN = 256;

/** A run of a scenario. */
export interface GoldenRun {
  readonly scenario: ManifestScenario;
  readonly name: string;
}

/**
 * The runs of all scenarios that request goldens, without a profile or under any of their profiles. Yields to
 * the event loop, so that a service answers other requests while large sweeps are expanded.
 */
export async function* goldenRuns(registry: ScenarioList): AsyncGenerator<GoldenRun, void, undefined> {
  let runs = 0;
  for (const scenario of registry.scenarios) {
    // A sweep with too many cells is refused when it is planned.
    if (scenario.goldens.length === 0 || cellBound(scenario) > MAX_CELLS) continue;
    for (const { name } of expandCells(scenario.id, scenario)) {
      yield { scenario, name };
      if (++runs % RUNS_PER_TURN === 0) await nextTurn();
    }
  }
}
