import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';
import { errorCode } from '../base/errors.js';
import type { ProcessIdentity, Processes } from '../base/ports.js';

function attempt(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/<pid>/stat); '' if the platform hides it. */
function startOf(pid: number): string {
  const line = attempt(() => readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  // The second field is a name in parentheses that may itself contain spaces and parentheses.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  // State Z: the process is dead and waits to be reaped.
  return fields[0] === 'Z' ? 'dead' : (fields[19] ?? '');
}

function scopeHere(): string {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return createHash('sha256').update(`${hostname()}\n${boot}\n${namespace}`).digest('hex').slice(0, 16);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function condition(self: ProcessIdentity, identity: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  if (identity.scope !== self.scope) return 'unknown';
  if (identity.pid === self.pid) return identity.start === self.start ? 'alive' : 'gone';
  if (!isRunning(identity.pid)) return 'gone';
  const start = startOf(identity.pid);
  if (start === '' || identity.start === '') return 'unknown';
  return start === identity.start ? 'alive' : 'gone';
}

/** This process and others of the machine; reads /proc if it exists. */
export function nodeProcesses(): Processes {
  const self: ProcessIdentity = { pid: process.pid, start: startOf(process.pid), scope: scopeHere() };
  return {
    self,
    thread: threadId,
    label: `process ${String(process.pid)} on ${hostname()}`,
    condition: (identity) => condition(self, identity),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    every(milliseconds, call) {
      const timer = setInterval(call, milliseconds);
      timer.unref();
      return () => {
        clearInterval(timer);
      };
    },
  };
}
