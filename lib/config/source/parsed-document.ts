import { dirname } from 'node:path';
import { childOf, pointerOf, type Path } from './path.js';
import type { SourceText } from './source-text.js';
import type { Tree } from './tree.js';
import type { DocumentView, Place, PlacePart } from './view.js';

/** One file after parsing: its value and the place of every part. */
export class ParsedDocument implements DocumentView {
  readonly source: SourceText;
  readonly value: unknown;
  readonly #tree: Tree;

  constructor(source: SourceText, tree: Tree) {
    this.source = source;
    this.value = tree.value;
    this.#tree = tree;
  }

  get weight(): number {
    return this.#tree.weight;
  }

  place(path: Path, part: PlacePart = 'value'): Place {
    const { offset, depth } = this.#find(path, part);
    const pointer = pointerOf(path.slice(0, depth));
    return { file: this.source.file, ...this.source.position(offset), pointer };
  }

  oddNumber(path: Path): string | undefined {
    const { offset, depth } = this.#find(path, 'value');
    return depth === path.length ? this.#tree.odd.get(offset) : undefined;
  }

  directory(): string {
    return dirname(this.source.file);
  }

  /** Offset of the deepest existing part of a path, and the number of components to it. */
  #find(path: Path, part: PlacePart): { offset: number; depth: number } {
    let value = this.value;
    let offset = this.#tree.start;
    for (let depth = 0; depth < path.length; depth++) {
      const step = path[depth]!;
      const spot = typeof value === 'object' && value !== null ? this.#tree.spotOf(value, offset) : undefined;
      const index = Array.isArray(value) ? Number(step) : (spot?.keys.indexOf(String(step)) ?? -1);
      const at = spot?.valueAt[index];
      if (!spot || at === undefined) return { offset, depth };
      const isKey = part === 'key' && depth === path.length - 1;
      offset = isKey ? (spot.keyAt[index] ?? at) : at;
      value = childOf(value, step);
    }
    return { offset, depth: path.length };
  }
}
