import { YieldTimer } from '../../platform/yield-timer.js';
import type { ManifestScenario } from '../../config/index.js';
import { expandCells } from './expand.js';

/** A run of a scenario. */
export interface ScenarioRun {
  readonly scenario: ManifestScenario;
  readonly name: string;
}

/** The runs of scenarios. Yields to the event loop, so that a service answers other requests meanwhile. */
export async function* expandInTurns(
  scenarios: Iterable<ManifestScenario>,
): AsyncGenerator<ScenarioRun, void, undefined> {
  const yieldTimer = new YieldTimer();
  for (const scenario of scenarios) {
    for (const { name } of expandCells(scenario.id, scenario)) {
      yield { scenario, name };
      if (yieldTimer.isDue) await yieldTimer.yield();
    }
  }
}
