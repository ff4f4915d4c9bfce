import type { SelectedRun } from '../selection/selected-run.js';
import type { Value, ValueType } from './value.js';

/** A column of a table of runs. */
export interface Column {
  readonly name: string;
  /** `any` where the values decide: those of an axis may be integers or texts. */
  readonly type: ValueType | 'any';
  /** True when the value is an observable, which records of older versions lack. */
  readonly isObservable: boolean;
  readonly of: (selected: SelectedRun) => Value;
}

/** A column of a field that every record has. */
export function plainColumn(name: string, type: ValueType, of: (selected: SelectedRun) => Value): Column {
  return { name, type, isObservable: false, of };
}
