import type { RunObservables } from '../../base/observables.js';
import type { Column } from './column.js';
import type { Value } from './value.js';

/** Observables with a single value, in table order. */
const OBSERVABLE_NAMES = [
  'sum_u',
  'min_u',
  'max_u',
  'nonzero_nodes',
  'total_abs_flux',
  'settled_at',
  'C_T',
  'press_bits',
  'codex_motifs',
  'proposals_accepted',
] as const satisfies readonly (keyof RunObservables)[];

export const OBSERVABLE_COLUMNS: readonly Column[] = OBSERVABLE_NAMES.map((name) =>
  observableColumn(name, 'observable', (observables) => observables[name]),
);

/** Prefix of columns of bits of one stream. */
export const PRESS = 'press_bits.';

/** Collects the streams whose bits runs have, as `<window>.<stream>`. Runs of a sweep mostly have the same ones. */
export class PressKeys {
  readonly #keys: Set<string>;
  /** Streams by window that are in the keys. */
  readonly #seen = new Map<string, Set<string>>();

  constructor(keys: Set<string>) {
    this.#keys = keys;
  }

  add(press: RunObservables['press']): void {
    if (press === null || press === undefined) return;
    for (const window of Object.keys(press)) {
      let seen = this.#seen.get(window);
      if (seen === undefined) this.#seen.set(window, (seen = new Set()));
      for (const stream of Object.keys(press[window]!)) {
        if (seen.has(stream)) continue;
        seen.add(stream);
        this.#keys.add(`${window}.${stream}`);
      }
    }
  }
}

/** Bits of one stream in one window, named `press_bits.<window>.<stream>`. */
export function pressColumn(name: string): Column {
  const rest = name.slice(PRESS.length);
  return observableColumn(name, 'press', ({ press }) => {
    for (const [window, streams] of Object.entries(press ?? {})) {
      if (!rest.startsWith(`${window}.`)) continue;
      const bits = streams[rest.slice(window.length + 1)];
      if (bits !== undefined) return bits;
    }
    return null;
  });
}

function observableColumn(
  name: string,
  needs: Column['needs'],
  of: (observables: RunObservables) => Value,
): Column {
  return {
    name,
    type: 'integer',
    needs,
    of: ({ run }) => (run.observables === undefined ? null : of(run.observables)),
  };
}
