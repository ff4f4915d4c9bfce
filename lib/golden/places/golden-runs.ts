import { expandInTurns, type ScenarioRun } from '../../batch/expand/expand-in-turns.js';
import { cellBound, MAX_CELLS, type ScenarioList } from '../../config/index.js';

/** The runs of all scenarios that request goldens, without a profile or under any of their profiles. */
export function goldenRuns(registry: ScenarioList): AsyncGenerator<ScenarioRun, void, undefined> {
  // A sweep with too many cells is refused when it is planned.
  return expandInTurns(
    registry.scenarios.filter((scenario) => scenario.goldens.length > 0 && cellBound(scenario) <= MAX_CELLS),
  );
}
