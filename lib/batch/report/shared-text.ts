import { plural } from '../../base/quantity.js';

/** `1 shares a result`, `2 share a result`: runs with the inputs of another run of the batch. */
export function sharedText(count: number): string {
  return plural(count, 'shares a result', 'share a result');
}
