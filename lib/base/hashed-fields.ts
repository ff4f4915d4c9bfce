import type { Json } from './canonical-json.js';

/**
 * The record of T that is hashed: every field of T but those that are named as left out. Used with `satisfies`, so that a
 * field that is added to T and neither hashed nor left out does not compile.
 */
export type HashedFields<T, LeftOut extends keyof T = never> = {
  readonly [K in Exclude<keyof T, LeftOut>]-?: Json;
};
