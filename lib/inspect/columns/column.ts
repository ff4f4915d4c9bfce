import type { SelectedRun } from '../selection/selected-run.js';
import type { Value, ValueType } from './value.js';

/** A column of a table of runs. */
export interface Column {
  readonly name: string;
  /** `any` if it depends on the value: an axis may have integers and texts. */
  readonly type: ValueType | 'any';
  /**
   * `observable` for facts that records of older versions lack, `press` for bits that a record may omit
   * because there are too many.
   */
  readonly needs: 'record' | 'observable' | 'press';
  readonly of: (selected: SelectedRun) => Value;
}

/** A column of a field that every record has. */
export function plainColumn(name: string, type: ValueType, of: (selected: SelectedRun) => Value): Column {
  return { name, type, needs: 'record', of };
}
