import { canonicalJson, type Json } from '../../base/canonical-json.js';
import { valueOf, type Value } from '../columns/value.js';
import type { InputDifference } from '../diff/input-differences.js';
import type { TableColumn } from '../table/table.js';
import type { FirstDifference, RunCause } from './run-difference.js';

/** Result of comparing two runs, in comparisons and in histories. */
export interface KnownDifference {
  readonly cause: RunCause | null;
  readonly first: FirstDifference | null;
  readonly unknown: string | null;
}

/** Columns of the first difference of two results and of the changed inputs, in flat tables of changes. */
export const DIFFERENCE_COLUMNS: readonly TableColumn[] = [
  { name: 'tick', type: 'integer' },
  { name: 'tick_to', type: 'integer' },
  { name: 'artefact', type: 'text' },
  { name: 'pointer', type: 'text' },
  { name: 'value_before', type: 'any' },
  { name: 'value_after', type: 'any' },
  { name: 'engine_before', type: 'text' },
  { name: 'engine_after', type: 'text' },
  { name: 'inputs', type: 'text' },
  { name: 'unknown', type: 'text' },
];

/** A value for each of them. */
export function differenceValues({ first, cause, unknown }: KnownDifference): readonly Value[] {
  return [
    first?.tick ?? null,
    first?.tick_to ?? null,
    first?.artefact ?? null,
    first?.pointer ?? null,
    valueOf(first?.a),
    valueOf(first?.b),
    cause?.engine?.a ?? null,
    cause?.engine?.b ?? null,
    cause === null ? null : inputsText(cause),
    unknown,
  ];
}

/** One place after another: document, pointer, both values. Null if the inputs are the same. */
function inputsText({ inputs, documents, more_inputs }: RunCause): Value {
  if (inputs.length === 0) return documents.length === 0 ? null : documents.join('; ');
  return [...inputs.map(inputText), ...(more_inputs ? ['and more'] : [])].join('; ');
}

function inputText({ document, pointer, a, b }: InputDifference): string {
  return `${[document, pointer].filter((part) => part !== '').join(' ')}: ${jsonText(a)} -> ${jsonText(b)}`;
}

function jsonText(value: Json | undefined): string {
  return value === undefined ? 'nothing' : canonicalJson(value);
}
