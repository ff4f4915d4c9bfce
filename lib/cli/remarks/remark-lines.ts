import type { RunRemarks } from '../../store/remarks/run-remarks.js';
import { factLines } from '../inspect/facts.js';

/** Labels and notes of a run for people; nothing when there are none. */
export function remarkLines({ labels, notes }: RunRemarks): readonly string[] {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return factLines([
    ...(pairs.length === 0 ? [] : [['labels', pairs.join('  ')] as const]),
    ...notes.map(({ at, by, text }) => ['note', `${at.replace(/\.\d+Z$/, 'Z')} ${by}: ${text}`] as const),
  ]);
}
