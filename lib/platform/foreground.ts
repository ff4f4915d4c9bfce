import { readFileSync } from 'node:fs';

/**
 * False when a job of this terminal other than this one has the keyboard, as after `&`. True where the system does not tell,
 * or where the process has no terminal of its own.
 */
export function isInForeground(): boolean {
  try {
    const line = readFileSync('/proc/self/stat', 'utf8');
    // The second field is a name in parentheses that may itself contain spaces and parentheses.
    const [, , group, , , foreground] = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return foreground === undefined || Number(foreground) <= 0 || foreground === group;
  } catch {
    return true;
  }
}
