import type { ProblemList } from './problem-list.js';
import { problemAt } from './problem-list.js';
import { overridePlace, type Override } from './override.js';
import { shownValue } from './shown-value.js';
import { isList, isMap, pointerOf, startsWith, type Path } from './source/path.js';
import type { DocumentView, Place, PlacePart } from './source/view.js';

/** An override with its path from the root of its document. */
interface Placed {
  readonly path: Path;
  readonly override: Override;
}

/**
 * Applies overrides to a document, in order; overrides that cannot be applied become problems.
 *
 * @param directory base of relative paths in overrides without a base_dir
 */
export function withOverrides(
  view: DocumentView,
  overrides: readonly Override[],
  problems: ProblemList,
  directory = '.',
): DocumentView {
  if (overrides.length === 0) return view;
  let { value } = view;
  const placed: Placed[] = [];
  for (const override of overrides) {
    const path = override.root === 'governance' ? ['governance', ...override.path] : override.path;
    const result = replaceAt(value, path, override.value);
    if (result instanceof Obstacle) {
      const place = overridePlace(override, { pointer: pointerOf(path) });
      const { message, found, expected } = result;
      problems.add(problemAt(place, { code: 'bad-override', message, found, expected }));
    } else {
      value = result.value;
      placed.push({ path, override });
    }
  }
  return new OverriddenView(view, { value, placed, directory });
}

interface Overlay {
  readonly value: unknown;
  readonly placed: readonly Placed[];
  readonly directory: string;
}

class OverriddenView implements DocumentView {
  readonly value: unknown;
  readonly #base: DocumentView;
  readonly #placed: readonly Placed[];
  readonly #directory: string;

  constructor(base: DocumentView, over: Overlay) {
    this.#base = base;
    this.value = over.value;
    this.#placed = over.placed;
    this.#directory = over.directory;
  }

  place(path: Path, part?: PlacePart): Place {
    const cause = this.#cause(path);
    if (!cause) return this.#base.place(path, part);
    const below = path.slice(cause.path.length);
    return overridePlace(cause.override, { pointer: pointerOf(path), below, ...(part && { part }) });
  }

  oddNumber(path: Path): string | undefined {
    const cause = this.#cause(path);
    if (!cause) return this.#base.oddNumber(path);
    return cause.override.odd?.[pointerOf(path.slice(cause.path.length))];
  }

  directory(path: Path): string {
    const cause = this.#cause(path);
    return cause ? (cause.override.base_dir ?? this.#directory) : this.#base.directory(path);
  }

  /** The last override that set the value at a path. */
  #cause(path: Path): Placed | undefined {
    return this.#placed.findLast((placed) => startsWith(path, placed.path));
  }
}

/** Why a path component cannot be followed. */
class Obstacle {
  readonly message: string;
  readonly expected: string;
  readonly found: string | undefined;

  constructor(message: string, expected: string, found: unknown) {
    this.message = message;
    this.expected = expected;
    this.found = shownValue(found);
  }
}

/** A copy of a tree with one value replaced; only the containers along the path are copied. */
function replaceAt(root: unknown, path: Path, value: unknown): { value: unknown } | Obstacle {
  const holder: Record<string, unknown> = { root };
  let parent: Record<string | number, unknown> = holder;
  let slot: string | number = 'root';
  for (const step of path) {
    const below = parent[slot] ?? undefined;
    const copy = copyFor(below, step);
    if (copy instanceof Obstacle) return copy;
    parent[slot] = copy;
    parent = copy as Record<string | number, unknown>;
    slot = step;
  }
  parent[slot] = value;
  return { value: holder['root'] };
}

/**
 * A copy of the container for a path component, a new map if there is none, or why the component cannot be
 * followed.
 */
function copyFor(below: unknown, step: string | number): object {
  if (typeof step === 'number') {
    if (!isList(below))
      return new Obstacle(
        `the path uses index ${String(step)} on a value that is not a list`,
        'a list',
        below,
      );
    if (step < below.length) return [...below];
    const expected =
      below.length === 0 ? 'a list with items' : `an index from 0 to ${String(below.length - 1)}`;
    return new Obstacle(
      `index ${String(step)} is beyond the list of ${String(below.length)}`,
      expected,
      step,
    );
  }
  if (below === undefined) return {};
  if (isMap(below)) return { ...below };
  return new Obstacle(`the path uses the key "${step}" on a value that is not a map`, 'a map', below);
}
