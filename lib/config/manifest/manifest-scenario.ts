import type { Json } from '../../base/canonical-json.js';
import type { Place } from '../source/view.js';

/** Values of one sweep axis: a list, or a range with a step, both ends included if reached. */
export type AxisValues =
  readonly Json[] | { readonly range: readonly [from: number, to: number, step: number] };

/** Axes by key, in declared order. */
export type Axes = Readonly<Record<string, AxisValues>>;

interface RandomSweep {
  readonly count: number;
  readonly seed: number;
  readonly over: Axes;
}

/** Settings of the runs of a scenario; a profile of the manifest may replace each. */
export interface ScenarioKnobs {
  /** Runs per cell whose digests must agree; >= 1. */
  readonly repeat: number;
  /** False: none. True: golden/<run name>. A text: this directory. */
  readonly golden: boolean | string;
  readonly expect: 'completed' | { readonly fault: string };
  readonly retain: 'full' | 'compact';
  /** Null: no limit. */
  readonly timeout_ms: number | null;
  readonly retries: number;
}

/** One parsed scenario of a manifest: its description, its sweep, and the settings of its runs. */
export interface ManifestScenario extends ScenarioKnobs {
  /** `[a-z0-9][a-z0-9._-]{0,63}`, unique in the registry. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly pillars: readonly string[];
  readonly tags: readonly string[];
  readonly runtime_hint: string | null;
  /**
   * Values of `golden` without a profile and under each profile of the manifest, if not false; without
   * duplicates.
   */
  readonly goldens: readonly (true | string)[];
  readonly matrix?: Axes;
  readonly zip?: Axes;
  readonly random?: RandomSweep;
  readonly include?: readonly Readonly<Record<string, Json>>[];
  readonly exclude?: readonly Readonly<Record<string, Json>>[];
  /** Path of the RunConfig document; null if the manifest contains it. */
  readonly run_config: string | null;
  /** Name of the manifest, or its file if it has no name. */
  readonly manifest: string;
  /** Place of the scenario in its document. */
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
