import type { RunRemarks } from '../../../store/remarks/run-remarks.js';
import { factLines } from '../../inspect/facts.js';
import { instantText } from '../../inspect/started-text.js';

/** Labels and notes of a run as lines of text; empty if there are none. */
export function remarkLines({ labels, notes }: RunRemarks): readonly string[] {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return factLines([
    ...(pairs.length === 0 ? [] : [['labels', pairs.join('  ')] as const]),
    ...notes.map(({ at, by, text }) => ['note', `${instantText(at)} ${by}: ${text}`] as const),
  ]);
}
