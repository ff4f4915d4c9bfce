import type { ArtefactReader } from '../store/port.js';
import { diffRuns, type RunDiff } from '../inspect/diff/diff-runs.js';
import { openRun } from '../inspect/open-run.js';
import { valueOrThrow } from '../inspect/find/value-or-throw.js';
import type { AuditRound, RoundRun } from './audit-round.js';

/** A run whose result in a later round differs from that in the first one. */
export interface Disagreement {
  readonly name: string;
  readonly round: AuditRound;
  /** The run in the first round and in this one; undefined where it is missing. */
  readonly first: RoundRun | undefined;
  readonly other: RoundRun | undefined;
  /** Where the two results part; null when they are not both there, or others were compared in its place. */
  readonly diff: RunDiff | null;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly rounds: readonly AuditRound[];
  readonly runs: number;
  readonly disagreements: readonly Disagreement[];
  /** Where the stores of the rounds are kept when something differs; null otherwise. */
  readonly evidence: string | null;
}

/** Executes rounds, each in a separate store. Rounds are numbered from 1. */
export interface RoundRunner {
  /** @throws AetherError AUDIT_ROUND_FAILED when the round cannot be executed at all */
  execute(round: AuditRound, number: number): Promise<readonly RoundRun[]>;
  /** Opens the store of an executed round for reading. */
  open(number: number): Promise<ArtefactReader & { close(): Promise<void> }>;
  /** Removes the store of a round whose results agree with the first. */
  discard(number: number): void;
  /** Removes everything, or keeps the stores that are left as evidence; returns their directory. */
  end(keep: boolean): string | null;
}

/** Disagreements whose records are compared; the others are only named. */
const COMPARED = 5;

/** Executes the rounds one after another and compares every result with that of the first round. */
export async function audit(rounds: readonly AuditRound[], runner: RoundRunner): Promise<AuditReport> {
  const disagreements: Disagreement[] = [];
  let first: readonly RoundRun[] = [];
  let evidence: string | null = null;
  try {
    for (const [n, round] of rounds.entries()) {
      const runs = await runner.execute(round, n + 1);
      if (n === 0) first = runs;
      const found = disagreeing(round, first, runs);
      for (const item of found) {
        const isCompared = disagreements.length < COMPARED;
        disagreements.push({ ...item, diff: isCompared ? await difference(item, n + 1, runner) : null });
      }
      if (n > 0 && found.length === 0) runner.discard(n + 1);
    }
  } finally {
    evidence = runner.end(disagreements.length > 0);
  }
  return { ok: disagreements.length === 0, rounds, runs: first.length, disagreements, evidence };
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

async function difference(
  { first, other }: Found,
  number: number,
  runner: RoundRunner,
): Promise<RunDiff | null> {
  const [a, b] = [first?.run ?? null, other?.run ?? null];
  if (a === null || b === null) return null;
  const stores = [await runner.open(1), await runner.open(number)];
  try {
    const [one, another] = [
      valueOrThrow(await openRun(stores[0]!, a)),
      valueOrThrow(await openRun(stores[1]!, b)),
    ];
    return await diffRuns(one, another);
  } finally {
    for (const store of stores) await store.close();
  }
}
