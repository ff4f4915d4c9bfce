import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * True if the process was started by nohup and must survive its terminal. Node resets inherited signal
 * dispositions at start, so the ignored SIGHUP itself is not visible. Visible are: nohup opens /dev/null for
 * writing as standard input if that is a terminal, and a shell sets `_` to the name of the command.
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
