import { RUN_NAME } from './run-name.js';

declare const runIdBrand: unique symbol;
declare const configRunIdBrand: unique symbol;

/** Id of a run record: unique per execution. On the wire it is `run_id` or `run`. */
export type RunId = string & { readonly [runIdBrand]: true };

/** `run_id` of a RunConfig: the name of the run inside its records, the same in every execution. */
export type ConfigRunId = string & { readonly [configRunIdBrand]: true };

const RUN_ID = new RegExp(RUN_NAME);

/** Parses the id of a run; undefined if no record can have it. */
export function parseRunId(text: string): RunId | undefined {
  return RUN_ID.test(text) ? (text as RunId) : undefined;
}

/** Parses the `run_id` of a document; undefined unless it has at least one character. */
export function parseConfigRunId(text: string): ConfigRunId | undefined {
  return text === '' ? undefined : (text as ConfigRunId);
}
