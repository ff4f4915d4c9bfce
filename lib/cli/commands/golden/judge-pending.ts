import { AetherError } from '../../../base/errors.js';
import {
  acceptPending,
  awaiting,
  latestAgrees,
  rejectPending,
  resultName,
  type Acceptance,
  type GoldenTree,
  type PendingGolden,
  type Seen,
} from '../../../golden/index.js';
import { systemClock } from '../../../platform/clock.js';
import { nodeDocumentFiles } from '../../../platform/document-files.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { CommandContext } from '../../command-context.js';
import { UsageError } from '../../command-error.js';
import type { GoldenArguments } from './options.js';
import { EXIT, exitCodeOf, type ExitCode } from '../../exit-codes.js';
import { openIfThere } from '../../open-store.js';
import { goldenTree } from '../../golden/golden-context.js';
import { judgeName } from '../../golden/judge-name.js';
import { refuseInCI } from '../../golden/read-only.js';
import { checkSelection, namedPending, namesResult } from './select-results.js';

export type Judgement = 'accept' | 'reject';

/**
 * accepted, rejected: done. agrees: the golden already has this result. outdated: the current run of the name
 * agrees with the golden. stale: no manifest requests the golden. refused: not done, see `detail`.
 */
type Outcome = 'accepted' | 'rejected' | 'agrees' | 'outdated' | 'stale' | 'refused';

interface Judged {
  readonly pending: PendingGolden;
  readonly outcome: Outcome;
  readonly detail: string | null;
}

/** Judges the named pending results, or with --all every one. */
export async function judgePending(
  args: GoldenArguments,
  judgement: Judgement,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, env } = context;
  refuseInCI(env, `golden ${judgement}`);
  const why = (args.reason ?? '').trim();
  if (why === '') {
    throw new UsageError(`golden ${judgement} needs --reason: it is recorded with the judgement`);
  }
  const tree = goldenTree(args.golden);
  const waiting = await awaiting(tree, nodeDocumentFiles);
  const names = waiting.pending.map(({ golden }) => golden.record.name);
  checkSelection(args, names);
  const everything = [...waiting.pending, ...waiting.stale.map(({ pending }) => pending)];
  const chosen = args.all === true ? waiting.pending : namedPending(everything, args);
  const acceptance = await judgementBy(args, env, why);
  const store = await openIfThere(args.store);
  const errors: AetherError[] = [];
  try {
    const judge = new Judge({ tree, store, judgement, acceptance, isExact: namesResult(args) }, errors);
    const judged: Judged[] = [];
    for (const pending of chosen) judged.push(await judge.one(pending));
    // With --all everything was judged: outdated results are removed by the next batch.
    const passed = args.all === true ? judged.filter(({ outcome }) => outcome === 'outdated').length : 0;
    const left = (await awaiting(tree, nodeDocumentFiles)).pending.length - passed;
    const stale = args.all === true ? waiting.stale : [];
    const rows = stale.map(({ pending, why: detail }) => ({ pending, outcome: 'stale' as const, detail }));
    show([...judged, ...rows], { args, judgement, left }, context);
    for (const { message } of waiting.problems) terminal.err(`${message}\n`);
    if (errors.length > 0) return exitCodeOf(errors[0]!.code);
    return left === 0 && waiting.problems.length === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    await store.close();
  }
}

/** Author, time and reason of a judgement. */
export async function judgementBy(
  args: GoldenArguments,
  env: NodeJS.ProcessEnv,
  why: string,
): Promise<Acceptance> {
  return { by: await judgeName(args.by, env), at: new Date(systemClock.now()).toISOString(), why };
}

/** Accepts or rejects the viewed result. @throws AetherError GOLDEN_* */
export async function judge(
  tree: GoldenTree,
  seen: Seen,
  judgement: Judgement,
  acceptance: Acceptance,
): Promise<'accepted' | 'rejected' | 'agrees'> {
  if (judgement === 'accept') return acceptPending(tree, seen, acceptance);
  await rejectPending(tree, seen, acceptance);
  return 'rejected';
}

interface JudgeParts {
  readonly tree: GoldenTree;
  readonly store: ArtefactStore;
  readonly judgement: Judgement;
  readonly acceptance: Acceptance;
  /** True if the call names the run or the digest. */
  readonly isExact: boolean;
}

/** Judges one result after another; a failure does not stop the others. */
class Judge {
  constructor(
    readonly parts: JudgeParts,
    readonly errors: AetherError[],
  ) {}

  async one(pending: PendingGolden): Promise<Judged> {
    const { tree, store, judgement, acceptance, isExact } = this.parts;
    const latest = judgement === 'accept' && !isExact ? await latestAgrees(tree, store, pending) : undefined;
    if (latest !== undefined) {
      const detail =
        `run ${latest.id}, which answers to ${pending.golden.record.name} now, agrees with the golden; ` +
        `this is ${resultName(pending)}: name it with --run to accept it anyway`;
      return { pending, outcome: 'outdated', detail };
    }
    try {
      const outcome = await judge(tree, { pending }, judgement, acceptance);
      return { pending, outcome, detail: null };
    } catch (error) {
      if (!(error instanceof AetherError)) throw error;
      this.errors.push(error);
      return { pending, outcome: 'refused', detail: error.message };
    }
  }
}

interface Shown {
  readonly args: GoldenArguments;
  readonly judgement: Judgement;
  readonly left: number;
}

function show(
  judged: readonly Judged[],
  { args, judgement, left }: Shown,
  { terminal }: CommandContext,
): void {
  if (args.json === true) {
    const done = judged.filter(({ outcome }) => outcome === `${judgement}ed`);
    const names = done.map(({ pending }) => pending.golden.record.name);
    const rows = judged.map(({ pending, outcome, detail }) => {
      const { name, result_digest } = pending.golden.record;
      return { name, run: pending.run, result_digest, directory: pending.directory, outcome, detail };
    });
    terminal.out(`${JSON.stringify({ [`${judgement}ed`]: names, pending: left, judged: rows })}\n`);
    return;
  }
  if (judged.length === 0) terminal.err(`nothing to ${judgement}: no result is pending\n`);
  for (const { pending, outcome, detail } of judged) {
    const { name } = pending.golden.record;
    if (outcome === 'refused') terminal.err(`refused   ${name}: ${detail ?? ''}\n`);
    else terminal.out(`${outcome.padEnd(8)}  ${name}  ${detail ?? resultName(pending)}\n`);
  }
}
