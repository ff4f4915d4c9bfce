import { compareValues, exactValue, integerOf, type Value } from '../columns/value.js';
import { meanText } from './mean.js';
import type { Aggregation, TableColumn } from './table.js';

/**
 * Aggregate of the values of one column in one group: integers are summed exactly, null and text are ignored.
 */
export class Aggregate {
  #count = 0n;
  #sum = 0n;
  #min: Value = null;
  #max: Value = null;

  add(value: Value): void {
    const integer = integerOf(value);
    if (integer === undefined) return;
    this.#count++;
    this.#sum += integer;
    if (this.#min === null || compareValues(value, this.#min) < 0) this.#min = value;
    if (this.#max === null || compareValues(value, this.#max) > 0) this.#max = value;
  }

  /** Null if the group has no value. */
  result(aggregation: Exclude<Aggregation, 'count'>): Value {
    if (this.#count === 0n) return null;
    switch (aggregation) {
      case 'mean':
        return meanText(this.#sum, this.#count);
      case 'sum':
        return exactValue(this.#sum);
      case 'min':
        return this.#min;
      case 'max':
        return this.#max;
    }
  }
}

/** The column of an aggregation of a column. */
export function aggregateColumn(aggregation: Aggregation, column: string): TableColumn {
  return { name: `${aggregation}(${column})`, type: aggregation === 'mean' ? 'decimal' : 'integer' };
}
