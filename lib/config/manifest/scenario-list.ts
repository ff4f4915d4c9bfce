import { byCodeUnit } from '../../base/code-units.js';
import { byDistance } from '../nearest.js';
import type { ManifestScenario } from './manifest-scenario.js';

/** Scenarios by id, without their documents. */
export class ScenarioList {
  /** Sorted by id. */
  readonly scenarios: readonly ManifestScenario[];
  readonly #byId: ReadonlyMap<string, ManifestScenario>;

  /** @param scenarios with unique ids */
  constructor(scenarios: readonly ManifestScenario[]) {
    this.#byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
    this.scenarios = [...scenarios].sort((a, b) => byCodeUnit(a.id, b.id));
  }

  get(id: string): ManifestScenario | undefined {
    return this.#byId.get(id);
  }

  /** Up to three known ids, the most similar first. */
  nearest(id: string): string[] {
    return byDistance(id, [...this.#byId.keys()]).slice(0, 3);
  }
}
