import { shellWord } from '../../../base/shell-word.js';
import { createInterface, type Interface } from 'node:readline/promises';
import type { Colors } from 'picocolors/types.js';
import { plural } from '../../../base/quantity.js';
import { AetherError } from '../../../base/errors.js';
import {
  awaiting,
  checkPending,
  describeVerdict,
  goldenDigest,
  isPending,
  pendingDirectory,
  PendingResults,
  recordDiff,
  resultName,
  slotOf,
  type GoldenTree,
  type GoldenVerdict,
  type PendingGolden,
} from '../../../golden/index.js';
import { diffRuns } from '../../../inspect/diff/diff-runs.js';
import { keptRunView } from '../../../inspect/artefacts/kept-run.js';
import { nodeDocumentFiles } from '../../../platform/document-files.js';
import type { ArtefactStore } from '../../../store/port.js';
import type { CommandContext } from '../../command-context.js';
import type { GoldenArguments } from './options.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { coloured } from '../../inspect/difference-lines.js';
import { openIfThere } from '../../open-store.js';
import { goldenTree } from '../../golden/golden-context.js';
import { judge, judgementBy, type Judgement } from './judge-pending.js';
import { refuseInCI } from '../../golden/read-only.js';
import { namedPending } from './select-results.js';

/**
 * Shows each pending result with its difference and asks for a judgement; without a terminal, prints the
 * commands.
 */
export async function reviewPending(args: GoldenArguments, context: CommandContext): Promise<ExitCode> {
  refuseInCI(context.env, 'golden review');
  const tree = goldenTree(args.golden);
  const waiting = await awaiting(tree, nodeDocumentFiles);
  const pending = (args.names ?? []).length === 0 ? waiting.pending : namedPending(waiting.pending, args);
  const store = await openIfThere(args.store);
  try {
    const isInteractive = context.terminal.isPaged && process.stdin.isTTY && args.json !== true;
    if (isInteractive) await new Review(tree, store, args, context).through(pending);
    else await tellCommands(pending, { tree, store }, args, context);
  } finally {
    await store.close();
  }
  for (const { message } of waiting.problems) context.terminal.err(`${message}\n`);
  const left = (await awaiting(tree, nodeDocumentFiles)).pending.length;
  return left === 0 && waiting.problems.length === 0 ? EXIT.ok : EXIT.failed;
}

interface Places {
  readonly tree: GoldenTree;
  readonly store: ArtefactStore;
}

function verdictOf({ tree, store }: Places, pending: PendingGolden): Promise<GoldenVerdict> {
  return checkPending(tree, pending, (golden, found) =>
    diffRuns(keptRunView(store, golden), keptRunView(store, found), { count_bytes: Infinity }),
  );
}

async function tellCommands(
  pending: readonly PendingGolden[],
  places: Places,
  args: GoldenArguments,
  { terminal }: CommandContext,
): Promise<void> {
  const list: object[] = [];
  for (const item of pending) {
    const verdict = await verdictOf(places, item);
    const { name, result_digest } = item.golden.record;
    list.push({ name, run: item.run, result_digest, directory: item.directory, ...verdict });
    if (args.json === true) continue;
    const where = args.golden === 'golden' ? '' : ` --golden ${shellWord(args.golden)}`;
    const commands = (['accept', 'reject'] as const).map(
      (word) => `  aether golden ${word} ${shellWord(name)} --reason '...' --run ${item.run}${where}`,
    );
    terminal.out(`${[...presented(item, verdict, terminal.outColors), ...commands].join('\n')}\n\n`);
  }
  if (args.json === true) terminal.out(`${JSON.stringify(list)}\n`);
  else if (pending.length === 0) terminal.out('no result is pending\n');
}

function presented(item: PendingGolden, verdict: GoldenVerdict, colors: Colors): string[] {
  const { name } = item.golden.record;
  const head = `${colors.bold(name)}  ${colors.red(verdict.verdict)}  ${colors.dim(resultName(item))}`;
  if (verdict.verdict === 'agrees') return [head, '  the golden already has this result'];
  const facts = describeVerdict(verdict).map((line) => `  ${line}`);
  if (verdict.verdict !== 'changed') return [head, ...facts];
  return [head, ...facts, ...coloured(recordDiff(verdict.difference), colors)];
}

/** The dialogue at the terminal, one result after another. When the user quits, the others stay pending. */
class Review {
  readonly #places: Places;
  readonly #args: GoldenArguments;
  readonly #context: CommandContext;
  readonly #lines: Interface;
  readonly #ended: Promise<undefined>;

  constructor(tree: GoldenTree, store: ArtefactStore, args: GoldenArguments, context: CommandContext) {
    this.#places = { tree, store };
    this.#args = args;
    this.#context = context;
    this.#lines = createInterface({ input: process.stdin, output: process.stdout });
    this.#ended = new Promise((resolve) => {
      this.#lines.once('close', () => {
        resolve(undefined);
      });
    });
  }

  async through(pending: readonly PendingGolden[]): Promise<void> {
    const { out, outColors } = this.#context.terminal;
    const counts = { accept: 0, reject: 0, skip: 0 };
    for (const [n, item] of pending.entries()) {
      out(`\n${outColors.dim(`${String(n + 1)} of ${String(pending.length)}`)}\n`);
      const answer = await this.#one(item);
      if (answer === 'quit') break;
      counts[answer]++;
    }
    this.#lines.close();
    const left = (await awaiting(this.#places.tree, nodeDocumentFiles)).pending.length;
    const said = `${String(counts.accept)} accepted, ${String(counts.reject)} rejected`;
    out(`\n${said}, ${left === 0 ? 'nothing is pending' : `${plural(left, 'result')} pending`}\n`);
  }

  /** Shows a result and judges it. A result that another process has replaced meanwhile is shown again. */
  async #one(first: PendingGolden): Promise<Judgement | 'skip' | 'quit'> {
    const { tree } = this.#places;
    const { out, outColors } = this.#context.terminal;
    for (let item: PendingGolden | undefined = first; item !== undefined; item = this.#standing(item)) {
      const golden = goldenDigest(tree, pendingDirectory(tree, item));
      out(`${presented(item, await verdictOf(this.#places, item), outColors).join('\n')}\n\n`);
      const answer = await this.#judgement();
      if (answer === 'quit' || answer === 'skip') return answer;
      const why = await this.#reason(answer);
      if (why === undefined) return 'quit';
      try {
        const acceptance = await judgementBy(this.#args, this.#context.env, why);
        await judge(tree, { pending: item, golden }, answer, acceptance);
        out(`${answer}ed ${item.golden.record.name}\n`);
        return answer;
      } catch (error) {
        if (!(error instanceof AetherError) || error.code !== 'GOLDEN_SUPERSEDED') throw error;
        out(`${error.message}\n\n`);
      }
    }
    return 'skip';
  }

  /** The current pending result in place of another. */
  #standing(item: PendingGolden): PendingGolden | undefined {
    const standing = new PendingResults(this.#places.tree).read(slotOf(item));
    return isPending(standing) ? standing : undefined;
  }

  async #judgement(): Promise<Judgement | 'skip' | 'quit'> {
    for (;;) {
      const answer = await this.#ask('[a]ccept  [r]eject  [s]kip  [q]uit: ');
      if (answer === undefined) return 'quit';
      const word = (['accept', 'reject', 'skip', 'quit'] as const).find(
        (w) => w === answer || w[0] === answer,
      );
      if (word !== undefined) return word;
    }
  }

  /**
   * The reason on the command line, otherwise a non-empty line of input; undefined at the end of the input.
   */
  async #reason(judgement: Judgement): Promise<string | undefined> {
    if ((this.#args.reason ?? '').trim() !== '') return this.#args.reason;
    for (;;) {
      const answer = await this.#ask(`why ${judgement}? `);
      if (answer !== '') return answer;
    }
  }

  #ask(question: string): Promise<string | undefined> {
    const answer = this.#lines.question(question).then(
      (text) => text.trim(),
      () => undefined,
    );
    return Promise.race([answer, this.#ended]);
  }
}
