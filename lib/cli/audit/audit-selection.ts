import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AetherError } from '../../base/errors.js';
import { diffRuns, type RunDiff } from '../../inspect/diff/diff-runs.js';
import { openRun } from '../../inspect/open-run.js';
import { foundOr, Interrupted } from '../command-error.js';
import { openForReading } from '../open-store.js';
import { auditRounds, type AuditRound, type RoundRequest, type RoundRun } from './audit-round.js';

/** A run that came out differently in a later round. */
export interface Disagreement {
  readonly name: string;
  readonly round: AuditRound;
  /** What the first round and this one say of it; undefined where it is missing. */
  readonly first: RoundRun | undefined;
  readonly other: RoundRun | undefined;
  /** Where the two results part; null when there are no two results. */
  readonly diff: RunDiff | null;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly rounds: readonly AuditRound[];
  readonly runs: number;
  readonly disagreements: readonly Disagreement[];
  /** Where the stores of an audit that found something were left; null otherwise. */
  readonly evidence: string | null;
}

export type AuditSelection = Omit<RoundRequest, 'store' | 'jobs' | 'executor' | 'order'>;

export interface AuditOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Told before each round. */
  readonly onRound: (round: AuditRound, number: number, of: number) => void;
  /** Instead of the usual rounds. */
  readonly rounds?: readonly AuditRound[];
  /** Ends the round under way; the audit then throws Interrupted. */
  readonly signal: AbortSignal;
}

/** Disagreements whose records are compared; the others are only named. */
const COMPARED = 5;

/**
 * Executes a selection in varied ways, each in a process and a store of its own, and compares every result with that of
 * the first way.
 *
 * @throws AetherError AUDIT_ROUND_FAILED when a round cannot be executed at all
 * @throws Interrupted
 */
export async function auditSelection(selection: AuditSelection, options: AuditOptions): Promise<AuditReport> {
  const { onRound, rounds = auditRounds(availableParallelism()) } = options;
  const directory = mkdtempSync(join(tmpdir(), 'aether-audit-'));
  const disagreements: Disagreement[] = [];
  let first: readonly RoundRun[] = [];
  try {
    for (const [n, round] of rounds.entries()) {
      if (options.signal.aborted) throw new Interrupted();
      onRound(round, n + 1, rounds.length);
      const store = join(directory, `round-${String(n + 1)}`);
      const runs = await executeRound({ ...selection, ...round, store }, round, options);
      if (n === 0) first = runs;
      else {
        const found = disagreeing(round, first, runs);
        for (const item of found)
          disagreements.push(await compared(item, disagreements.length, directory, n + 1));
        if (found.length === 0) rmSync(store, { recursive: true, force: true });
      }
    }
  } finally {
    if (disagreements.length === 0) rmSync(directory, { recursive: true, force: true });
  }
  const ok = disagreements.length === 0;
  return { ok, rounds, runs: first.length, disagreements, evidence: ok ? null : directory };
}

function executeRound(
  { globs, root, profile, grep, tags, set, store, jobs, executor, order }: RoundRequest,
  { node, TZ, LANG }: AuditRound,
  { env, signal }: AuditOptions,
): Promise<readonly RoundRun[]> {
  const request: RoundRequest = { globs, root, profile, grep, tags, set, store, jobs, executor, order };
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
    // Only when the process is gone does nobody write into its store any more.
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

type Found = Omit<Disagreement, 'diff'>;

function disagreeing(
  round: AuditRound,
  first: readonly RoundRun[],
  runs: readonly RoundRun[],
): readonly Found[] {
  const others = new Map(runs.map((run) => [run.name, run]));
  const names = new Set([...first.map(({ name }) => name), ...others.keys()]);
  const firsts = new Map(first.map((run) => [run.name, run]));
  return [...names]
    .map((name) => ({ name, round, first: firsts.get(name), other: others.get(name) }))
    .filter((pair) => resultOf(pair.first) !== resultOf(pair.other));
}

function resultOf(run: RoundRun | undefined): string {
  return run === undefined ? '' : JSON.stringify([run.input_key, run.state, run.code, run.result_digest]);
}

async function compared(
  found: Found,
  before: number,
  directory: string,
  round: number,
): Promise<Disagreement> {
  const [a, b] = [found.first?.run ?? null, found.other?.run ?? null];
  if (before >= COMPARED || a === null || b === null) return { ...found, diff: null };
  const stores = [
    await openForReading(join(directory, 'round-1')),
    await openForReading(join(directory, `round-${String(round)}`)),
  ];
  try {
    const [one, other] = [foundOr(await openRun(stores[0]!, a)), foundOr(await openRun(stores[1]!, b))];
    return { ...found, diff: await diffRuns(one, other) };
  } finally {
    for (const store of stores) await store.close();
  }
}
