import { ApiError } from '../api/client.js';
import type { FieldError } from '../../service/wire/index.js';

/** Errors by field, and those without a field. */
export interface SortedErrors {
  readonly byField: Readonly<Record<string, string>>;
  readonly others: readonly FieldError[];
}

/**
 * Assigns the errors of a refusal to the fields of a form; an error about a part of a field belongs to the
 * field. Errors about values that have changed are omitted.
 */
export function sortErrors(
  error: unknown,
  pointers: readonly string[],
  isAnswered: (pointer: string) => boolean = () => false,
): SortedErrors {
  const byField: Record<string, string> = {};
  const others: FieldError[] = [];
  for (const found of error instanceof ApiError ? error.fields : []) {
    const field = pointers.find(
      (pointer) => found.pointer === pointer || found.pointer.startsWith(`${pointer}/`),
    );
    if (field === undefined) others.push(found);
    else if (!isAnswered(field))
      byField[field] = [byField[field], sentence(found)].filter(Boolean).join('; ');
  }
  return { byField, others };
}

function sentence({ detail, hint }: FieldError): string {
  return hint === undefined ? detail : `${detail} (${hint})`;
}

/** The refusal without the errors shown at fields, for a notice above them. */
export function withoutFields(error: unknown, { others }: SortedErrors): unknown {
  if (!(error instanceof ApiError)) return error;
  return new ApiError(error.status, error.code, error.message, others, error.problem);
}
