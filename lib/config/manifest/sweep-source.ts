import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { overridePath, type Override, type OverrideOrigins, type WrittenOverride } from '../override.js';
import { isList, isMap, valueAt, type Path } from '../source/path.js';
import type { DocumentView } from '../source/view.js';
import { AXIS_PARTS } from './sweep.js';
import { sweepKey } from './sweep-keys.js';

/** Places of one key of a sweep, and of each of its listed values. */
interface Axis {
  readonly at: Path;
  readonly values: Map<string, Path>;
}

/**
 * Finds the place in the manifest of a value that a cell sets in a document; searched only after an error.
 */
export class SweepSource implements OverrideOrigins {
  readonly #view: DocumentView;
  readonly #base: Path;
  #axes: ReadonlyMap<string, Axis> | undefined;

  /** @param base path of the scenario in its manifest */
  constructor(view: DocumentView, base: Path) {
    this.#view = view;
    this.#base = base;
  }

  written(override: Override): WrittenOverride | undefined {
    this.#axes ??= this.#read();
    const axis = this.#axes.get(idOf(overridePath(override)));
    if (!axis) return undefined;
    return {
      view: this.#view,
      key: axis.at,
      value: axis.values.get(canonicalJson(override.value)) ?? axis.at,
    };
  }

  #read(): Map<string, Axis> {
    const axes = new Map<string, Axis>();
    const add = (at: Path, value: unknown, valueIs: Path): void => {
      const key = sweepKey(String(at.at(-1)));
      if (!key) return;
      const axis = axes.get(idOf(key.path)) ?? { at, values: new Map<string, Path>() };
      axes.set(idOf(key.path), axis);
      const text = canonicalJson(value as Json);
      if (!axis.values.has(text)) axis.values.set(text, valueIs);
    };
    const cells = AXIS_PARTS.map(({ path }) => [...this.#base, ...path]);
    const included = valueAt(this.#view.value, [...this.#base, 'include']);
    if (isList(included)) for (const index of included.keys()) cells.push([...this.#base, 'include', index]);
    for (const [part, path] of cells.entries()) {
      const given = valueAt(this.#view.value, path);
      for (const [key, value] of isMap(given) ? Object.entries(given) : []) {
        const at = [...path, key];
        if (part < AXIS_PARTS.length && isList(value))
          value.forEach((item, index) => {
            add(at, item, [...at, index]);
          });
        else add(at, value, at);
      }
    }
    return axes;
  }
}

function idOf(path: Path): string {
  return JSON.stringify(path);
}
