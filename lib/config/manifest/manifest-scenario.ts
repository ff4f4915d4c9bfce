import type { Json } from '../../base/canonical-json.js';
import type { Place } from '../source/view.js';

/** Values of one sweep axis: listed, or every number from one to another in steps, both ends included when hit. */
export type AxisValues =
  readonly Json[] | { readonly range: readonly [from: number, to: number, step: number] };

/** Axes by key, in declared order. */
export type Axes = Readonly<Record<string, AxisValues>>;

interface RandomSweep {
  readonly count: number;
  readonly seed: number;
  readonly over: Axes;
}

/** How the runs of a scenario are treated; a manifest's profile may replace each. */
export interface ScenarioKnobs {
  /** Runs per cell whose digests must agree; >= 1. */
  readonly repeat: number;
  /** False: none. True: golden/<run name>. A text: that directory. */
  readonly golden: boolean | string;
  readonly expect: 'completed' | { readonly fault: string };
  readonly retain: 'full' | 'compact';
  /** Null: no limit of its own. */
  readonly timeout_ms: number | null;
  readonly retries: number;
}

/** One scenario of a manifest, parsed: what it is, how it varies, how its runs are treated. */
export interface ManifestScenario extends ScenarioKnobs {
  /** `[a-z0-9][a-z0-9._-]{0,63}`, unique in the registry. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly pillars: readonly string[];
  readonly tags: readonly string[];
  readonly runtime_hint: string | null;
  /** What `golden` is plainly and under each profile of the manifest, where it is not false; each once. */
  readonly goldens: readonly (true | string)[];
  readonly matrix?: Axes;
  readonly zip?: Axes;
  readonly random?: RandomSweep;
  readonly include?: readonly Readonly<Record<string, Json>>[];
  readonly exclude?: readonly Readonly<Record<string, Json>>[];
  /** Path of the RunConfig document; null when the manifest holds it. */
  readonly run_config: string | null;
  /** Name of the manifest, or its file where it has none. */
  readonly manifest: string;
  /** Where the scenario is written. */
  readonly source: Place;
}

export const DEFAULT_KNOBS: ScenarioKnobs = {
  repeat: 1,
  golden: false,
  expect: 'completed',
  retain: 'full',
  timeout_ms: null,
  retries: 0,
};
