import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * True when the process was started by nohup, and is to survive its terminal. Node resets inherited signal dispositions as it
 * starts, so that the ignored SIGHUP itself cannot be seen. What remains visible: nohup opens /dev/null for writing as a
 * standard input that would be a terminal, and a shell names the command that it starts in `_`.
 */
export function isHangupIgnored(env: NodeJS.ProcessEnv = process.env): boolean {
  return basename(env['_'] ?? '') === 'nohup' || isUnreadableNull(0);
}

function isUnreadableNull(fd: number): boolean {
  try {
    if (readlinkSync(`/proc/self/fd/${String(fd)}`) !== '/dev/null') return false;
    const flags = /^flags:\s*0*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${String(fd)}`, 'utf8'));
    return flags !== null && (parseInt(flags[1]!, 8) & 3) === 1;
  } catch {
    return false;
  }
}
