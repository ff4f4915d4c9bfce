import { childOf, isMap, valueAt, type Path } from './source/path.js';
import type { DocumentView, Place, PlacePart } from './source/view.js';

/** A part of a document that is merged. */
export interface Layer {
  readonly view: DocumentView;
  /** Path of the part within its document. */
  readonly base: Path;
}

/**
 * Layers merged into one document, earlier layers over later ones: maps are merged key by key, other values
 * are replaced.
 */
export function mergeLayers(layers: readonly [Layer, ...Layer[]]): DocumentView {
  const values = layers.map(({ view, base }) => valueAt(view.value, base));
  const value = values.reduceRight((under, over) => (over === undefined ? under : merged(under, over)));
  return new MergedView(value, layers);
}

function merged(under: unknown, over: unknown): unknown {
  if (!isMap(under) || !isMap(over)) return over;
  const result: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = childOf(under, key);
    result[key] = below === undefined ? value : merged(below, value);
  }
  return result;
}

class MergedView implements DocumentView {
  readonly value: unknown;
  readonly #layers: readonly [Layer, ...Layer[]];

  constructor(value: unknown, layers: readonly [Layer, ...Layer[]]) {
    this.value = value;
    this.#layers = layers;
  }

  place(path: Path, part?: PlacePart): Place {
    const { view, base } = this.#layerOf(path);
    return view.place([...base, ...path], part);
  }

  oddNumber(path: Path): string | undefined {
    const { view, base } = this.#layerOf(path);
    return view.oddNumber([...base, ...path]);
  }

  directory(path: Path): string {
    const { view, base } = this.#layerOf(path);
    return view.directory([...base, ...path]);
  }

  /** The layer that provides the value at a path: the first that has one. */
  #layerOf(path: Path): Layer {
    const owner = this.#layers.find(
      ({ view, base }) => valueAt(view.value, [...base, ...path]) !== undefined,
    );
    return owner ?? this.#layers[0];
  }
}
