import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { combinations, isSwept, withFixedAxes, type Sweep } from '../../config/index.js';
import { CellNamer, type NamedCell } from './cell-name.js';

/**
 * Expands a sweep into its cells, lazily and in linear time; config/sweep/ has the rules of matrix, zip,
 * exclude and include. Equal combinations are one cell; a cell whose
 * name equals that of a different one has its namesake.
 *
 * @param fixed values of varying keys set by overrides: axes have only these before exclude and include are
 * applied, and an included combination that sets such a key takes the value as well
 */
export function* expandCells(
  scenario: string,
  sweep: Sweep,
  fixed: ReadonlyMap<string, Json> = new Map(),
): Generator<NamedCell, void, undefined> {
  const namer = new CellNamer(scenario);
  const seen = new Map<string, NamedCell['values']>();
  for (const values of combinations(withFixedAxes(sweep, fixed))) {
    for (const [key, value] of fixed) if (values.has(key)) values.set(key, value);
    const cell = namer.name(values);
    const first = seen.get(cell.name);
    if (first === undefined) {
      seen.set(cell.name, cell.values);
      yield cell;
    } else if (!areEqual(first, cell.values)) yield { ...cell, namesake: first };
  }
  if (!isSwept(sweep)) yield namer.name(new Map());
}

/** Cells of one sweep share their lists and maps, so these are rarely compared by content. */
function areEqual(a: NamedCell['values'], b: NamedCell['values']): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => a[key] === b[key] || textOf(a[key]) === textOf(b[key]));
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}
