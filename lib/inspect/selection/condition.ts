import type { Column } from '../columns/column.js';
import type { ColumnRegistry } from '../columns/column-registry.js';
import { compareValues, integerOf, type Value } from '../columns/value.js';
import { nearNames } from '../find/near-names.js';
import type { SelectedRun } from './selected-run.js';
import { problem, selected, unknownName, type Selected } from './selection.js';

const OPERATORS = ['<=', '>=', '!=', '=', '<', '>'] as const;
type Operator = (typeof OPERATORS)[number];

/** A parsed condition on a column. */
export interface Condition {
  readonly column: Column;
  readonly test: (run: SelectedRun) => boolean;
}

/**
 * Parses `<column> <op> <value>`. Integers are compared by size, texts by code unit; a run without a value
 * only matches `=null`, and `!=` of any value.
 */
export function parseCondition(text: string, columns: ColumnRegistry): Selected<Condition> {
  const parts = /^([^<>=!]*)(<=|>=|!=|==?|<|>)(.*)$/s.exec(text);
  const name = parts?.[1]?.trim() ?? '';
  if (parts === null || name === '') {
    return problem(
      'malformed',
      `a condition must be <column><op><value> with one of ${OPERATORS.join(' ')}, got ${JSON.stringify(text)}`,
      "for example 'ticks>=32' or 'profile=cmp-1'",
    );
  }
  const column = columns.column(name);
  if (column === undefined) return unknownColumn(name, columns);
  const operator = parts[2] === '==' ? '=' : (parts[2] as Operator);
  const expected = parts[3]!.trim();
  const isOrder = operator !== '=' && operator !== '!=';
  if (column.type === 'integer' && expected !== 'null' && integerOf(expected) === undefined) {
    return problem('malformed', `${name} is an integer, so ${JSON.stringify(text)} must compare it with one`);
  }
  if (isOrder && (expected === 'null' || expected === '')) {
    return problem(
      'malformed',
      `${JSON.stringify(text)} has no value to compare by size`,
      `write ${name}!=null`,
    );
  }
  return selected({ column, test: (run) => holds(column.of(run), operator, expected) });
}

/** The error for a column that no run has. */
export function unknownColumn(name: string, columns: ColumnRegistry): Selected<never> {
  return unknownName(`there is no column ${name}`, nearNames(name, columns.likely(name)), 'unknown_column');
}

function holds(value: Value, operator: Operator, expected: string): boolean {
  if (value === null || expected === 'null') {
    const isSame = value === null && expected === 'null';
    return operator === '=' ? isSame : operator === '!=' && !isSame;
  }
  const actual: Value = typeof value === 'boolean' ? String(value) : value;
  const isComparable = (integerOf(actual) === undefined) === (integerOf(expected) === undefined);
  const order = isComparable ? compareValues(actual, expected) : undefined;
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    case '>':
      return order !== undefined && order > 0;
    case '>=':
      return order !== undefined && order >= 0;
  }
}
