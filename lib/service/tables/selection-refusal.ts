import type { Selected } from '../../inspect/selection/index.js';
import { Refusal } from '../refusal.js';

/** The value. @throws Refusal invalid-selection */
export function orRefused<T>(result: Selected<T>): T {
  if (result.ok) return result.value;
  const { message, hint, near = [] } = result.problem;
  const detail = hint === undefined ? message : `${message}; ${hint}`;
  throw new Refusal('invalid-selection', detail.charAt(0).toUpperCase() + detail.slice(1), { near });
}
