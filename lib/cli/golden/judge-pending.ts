import {
  acceptPending,
  PendingShelf,
  rejectPending,
  type Acceptance,
  type GoldenTree,
  type PendingGolden,
} from '../../golden/index.js';
import { nearNames } from '../../inspect/near-names.js';
import { systemClock } from '../../platform/clock.js';
import type { CommandContext } from '../command-context.js';
import { NotFound, UsageError } from '../command-error.js';
import type { GoldenArguments } from '../commands/golden.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { goldenTree, judgeName } from './golden-context.js';
import { refuseInCI } from './read-only.js';

export type Judgement = 'accept' | 'reject';

/** Judges the named pending results, or with --all every one. */
export async function judgePending(
  args: GoldenArguments,
  judgement: Judgement,
  { terminal, env }: CommandContext,
): Promise<ExitCode> {
  refuseInCI(env, `golden ${judgement}`);
  const why = (args.reason ?? '').trim();
  if (why === '') throw new UsageError(`golden ${judgement} wants --reason: it is kept with the judgement`);
  const tree = goldenTree(args.golden);
  const judged = selectPending(tree, args, judgement);
  for (const pending of judged) await judge(tree, pending, judgement, judgementBy(args, env, why));
  const left = new PendingShelf(tree).pending().length;
  const names = judged.map(({ golden }) => golden.record.name);
  if (args.json === true) terminal.out(`${JSON.stringify({ [`${judgement}ed`]: names, pending: left })}\n`);
  else terminal.out(names.map((name) => `${judgement}ed  ${name}\n`).join(''));
  return left === 0 ? EXIT.ok : EXIT.failed;
}

/** Who, when and why. */
export function judgementBy(args: GoldenArguments, env: NodeJS.ProcessEnv, why: string): Acceptance {
  return { by: judgeName(args.by, env), at: new Date(systemClock.now()).toISOString(), why };
}

/** Accepts or rejects one pending result. */
export async function judge(
  tree: GoldenTree,
  pending: PendingGolden,
  judgement: Judgement,
  acceptance: Acceptance,
): Promise<void> {
  if (judgement === 'accept') await acceptPending(tree, pending, acceptance);
  else await rejectPending(tree, pending, acceptance);
}

function selectPending(
  tree: GoldenTree,
  args: GoldenArguments,
  judgement: Judgement,
): readonly PendingGolden[] {
  const { names = [], all } = args;
  const pending = new PendingShelf(tree).pending();
  if (names.length === 0 && all !== true) {
    throw new UsageError(`golden ${judgement} wants the names of runs, or --all`, waitingHint(pending));
  }
  if (all === true && names.length > 0) throw new UsageError('--all and names contradict each other');
  if (all === true) return pending;
  return namedPending(pending, names);
}

function waitingHint(pending: readonly PendingGolden[]): string {
  const names = pending.map(({ golden }) => golden.record.name);
  return names.length === 0 ? 'nothing waits' : `waiting: ${names.join(', ')}`;
}

/** @throws NotFound when one of the names has nothing that waits */
export function namedPending(
  pending: readonly PendingGolden[],
  names: readonly string[],
): readonly PendingGolden[] {
  return names.map((name) => {
    const found = pending.find(({ golden }) => golden.record.name === name);
    if (found !== undefined) return found;
    const known = pending.map(({ golden }) => golden.record.name);
    throw new NotFound(`no result of ${name} waits for a judgement`, nearNames(name, known));
  });
}
