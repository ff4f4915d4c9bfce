import { integerOf, typeOfValue, type Value } from '../../columns/value.js';
import type { TableColumn } from '../table.js';

/** Types of columns in a binary file. */
export type PhysicalType = 'int32' | 'int64' | 'double' | 'boolean' | 'text';

const INT32 = 2 ** 31;

/**
 * Finds the narrowest type that fits every value of a column. An integer beyond 2^53-1 makes its column text:
 * a reader that converts 64-bit integers to doubles would round it.
 */
export class SeenValues {
  readonly #declared: TableColumn['type'];
  #isWide = false;
  readonly #kinds = new Set<string>();

  constructor({ type }: TableColumn) {
    this.#declared = type;
  }

  add(value: Value): void {
    if (value === null || this.#declared === 'text' || this.#declared === 'decimal') return;
    if (this.#declared === 'integer' && typeof value === 'string') this.#kinds.add('text');
    else this.#kinds.add(typeOfValue(value)!);
    if (typeof value === 'number' && (value < -INT32 || value >= INT32)) this.#isWide = true;
  }

  type(): PhysicalType {
    if (this.#declared === 'decimal') return 'double';
    if (this.#declared === 'text') return 'text';
    const [only, ...others] = this.#kinds.size === 0 ? [this.#declared] : [...this.#kinds];
    if (others.length > 0) return 'text';
    if (only === 'integer') return this.#isWide ? 'int64' : 'int32';
    return only === 'boolean' ? 'boolean' : 'text';
  }
}

/** The value in the representation of a type. */
export function physicalValue(value: Value, type: PhysicalType): number | bigint | boolean | string | null {
  if (value === null) return null;
  switch (type) {
    case 'int64':
      return integerOf(value)!;
    case 'double':
      return Number(value);
    case 'text':
      return String(value);
    default:
      return value;
  }
}
