import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AuditRound, RoundRun, RoundRunner } from '../../audit/index.js';
import { AetherError } from '../../base/errors.js';
import { Interrupted } from '../command-error.js';
import { openForReading } from '../open-store.js';

/** The arguments of the process of a round, as JSON on its command line. */
export interface RoundRequest {
  readonly globs: readonly string[];
  readonly root: string | null;
  readonly profile: string | null;
  readonly grep: string | null;
  readonly tags: readonly string[];
  readonly set: readonly string[];
  readonly store: string;
  readonly jobs: number;
  readonly executor: AuditRound['executor'];
  readonly order: AuditRound['order'];
}

export type AuditSelection = Omit<RoundRequest, 'store' | 'jobs' | 'executor' | 'order'>;

export interface RoundProcessesOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Ends the process of the current round, which then throws Interrupted. */
  readonly signal: AbortSignal;
  /** Called before each round. */
  readonly onRound?: (round: AuditRound, number: number) => void;
}

/**
 * Executes the rounds of an audit in processes, because time zone, language and flags apply to a whole
 * process.
 */
export function roundProcesses(selection: AuditSelection, options: RoundProcessesOptions): RoundRunner {
  const directory = mkdtempSync(join(tmpdir(), 'aether-audit-'));
  const storeOf = (number: number): string => join(directory, `round-${String(number)}`);
  return {
    execute: (round, number) => {
      if (options.signal.aborted) return Promise.reject(new Interrupted());
      options.onRound?.(round, number);
      const { jobs, executor, order } = round;
      return executeRound({ ...selection, store: storeOf(number), jobs, executor, order }, round, options);
    },
    open: (number) => openForReading(storeOf(number)),
    discard: (number) => {
      rmSync(storeOf(number), { recursive: true, force: true });
    },
    end: (keep) => {
      if (!keep) rmSync(directory, { recursive: true, force: true });
      return keep ? directory : null;
    },
  };
}

function executeRound(
  request: RoundRequest,
  { node, TZ, LANG }: AuditRound,
  { env, signal }: RoundProcessesOptions,
): Promise<readonly RoundRun[]> {
  const entry = new URL('./run-round.js', import.meta.url);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...node, fileURLToPath(entry), JSON.stringify(request)], {
      env: { ...env, TZ, LANG, LC_ALL: LANG },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = (): void => void child.kill();
    signal.addEventListener('abort', stop);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
    child.on('error', reject);
    // Its store may be removed only after the process has ended.
    child.on('close', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(new Interrupted());
      else if (code === 0) resolve(JSON.parse(Buffer.concat(out).toString('utf8')) as readonly RoundRun[]);
      else {
        const how = killedBy ?? `exit code ${String(code)}`;
        const said = Buffer.concat(err).toString('utf8').trim().split('\n').slice(-3).join(' ');
        reject(new AetherError('AUDIT_ROUND_FAILED', `a round of the audit ended with ${how}: ${said}`));
      }
    });
  });
}
