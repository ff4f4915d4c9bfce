import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { combinations, isSwept, listedOf, type AxisValues, type Sweep } from '../../config/index.js';
import { CellNamer, type NamedCell } from './cell-name.js';

export { cellBound } from '../../config/index.js';

/**
 * Expands a sweep into its cells, lazily and in linear time. Combinations that come out equal are one cell;
 * one that only looks like an earlier one comes with its namesake.
 *
 * @param fixed values that every cell takes for varying keys, whatever the sweep gives them
 */
export function* expandCells(
  scenario: string,
  sweep: Sweep,
  fixed: ReadonlyMap<string, Json> = new Map(),
): Generator<NamedCell, void, undefined> {
  const namer = new CellNamer(scenario, listedValues(sweep, fixed));
  const seen = new Map<string, NamedCell>();
  for (const values of combinations(sweep)) {
    for (const [key, value] of fixed) if (values.has(key)) values.set(key, value);
    const cell = namer.name(values);
    const first = seen.get(cell.name);
    if (first === undefined) {
      seen.set(cell.name, cell);
      yield cell;
    } else if (canonicalJson(first.values) !== canonicalJson(cell.values))
      yield { ...cell, namesake: first.values };
  }
  if (!isSwept(sweep)) yield namer.name(new Map());
}

/**
 * Every listed value of every key, for telling look-alikes apart; ranges hold only numbers, which never are.
 */
function listedValues(sweep: Sweep, fixed: ReadonlyMap<string, Json>): Map<string, Json[]> {
  const listed = new Map([...fixed].map(([key, value]) => [key, [value]]));
  const add = (key: string, values: readonly Json[]): void => {
    const known = listed.get(key);
    if (known === undefined) listed.set(key, [...values]);
    else for (const value of values) known.push(value);
  };
  const parts: readonly (Readonly<Record<string, AxisValues>> | undefined)[] = [
    sweep.matrix,
    sweep.zip,
    sweep.random?.over,
  ];
  for (const part of parts) {
    for (const [key, values] of Object.entries(part ?? {})) add(key, listedOf(values));
  }
  for (const entry of sweep.include ?? []) {
    for (const [key, value] of Object.entries(entry)) add(key, [value]);
  }
  return listed;
}
