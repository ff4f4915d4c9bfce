import { ApiError } from '../api/client.js';
import type { FieldError } from '../../service/wire/index.js';

/** Errors by the field they belong to, and those that belong to none. */
export interface SortedErrors {
  readonly byField: Readonly<Record<string, string>>;
  readonly others: readonly FieldError[];
}

/**
 * Sorts a refusal's errors to the fields of a form; one about a part of a field belongs to the field. What was said of a value that is
 * no longer there is left out.
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

/** The refusal without what is shown beside the fields, for a notice above them. */
export function withoutFields(error: unknown, { others }: SortedErrors): unknown {
  if (!(error instanceof ApiError)) return error;
  return new ApiError(error.status, error.code, error.message, others, error.problem);
}
