import { readFileSync } from 'node:fs';

/**
 * False if another job of this terminal has the keyboard, as after `&`. True if the system does not provide
 * this, or if the process has no terminal.
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
