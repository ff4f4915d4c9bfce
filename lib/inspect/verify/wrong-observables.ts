import type { Json } from '../../base/canonical-json.js';
import { jsonDifferences } from '../../base/json-difference.js';
import type { RunObservables } from '../../base/observables.js';

/** Observables as far as readable artefacts determine them. */
export type KnownObservables = Partial<RunObservables>;

/** A recorded observable that differs from the artefacts. */
export interface WrongObservable {
  /** Such as `observables/max_u` or `observables/press/W1/S1`. */
  readonly field: string;
  readonly expected: Json;
  readonly found: Json;
}

/** Every recorded observable that is known and differs. */
export function wrongObservables(
  recorded: RunObservables,
  known: KnownObservables,
): readonly WrongObservable[] {
  return (Object.keys(known) as (keyof RunObservables)[]).flatMap((name) => {
    const differences = jsonDifferences(known[name] as Json, recorded[name] as Json);
    return [...differences].map(({ pointer, a, b }) => ({
      field: `observables/${name}${pointer}`,
      expected: a ?? null,
      found: b ?? null,
    }));
  });
}
