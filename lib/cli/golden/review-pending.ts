import { createInterface, type Interface } from 'node:readline/promises';
import type { Colors } from 'picocolors/types.js';
import { plural } from '../../batch/report/units.js';
import {
  checkPending,
  describeVerdict,
  PendingShelf,
  recordDiff,
  type GoldenTree,
  type GoldenVerdict,
  type PendingGolden,
} from '../../golden/index.js';
import { diffRuns } from '../../inspect/diff/diff-runs.js';
import { keptRunView } from '../../inspect/replay/kept-run.js';
import type { ArtefactStore } from '../../store/port.js';
import type { CommandContext } from '../command-context.js';
import type { GoldenArguments } from '../commands/golden.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { coloured } from '../inspect/show-diff.js';
import { openIfThere } from '../open-store.js';
import { goldenTree } from './golden-context.js';
import { judge, judgementBy, namedPending, type Judgement } from './judge-pending.js';
import { refuseInCI } from './read-only.js';

/** Shows each pending result with its difference and asks for a judgement; without a terminal, tells the commands. */
export async function reviewPending(args: GoldenArguments, context: CommandContext): Promise<ExitCode> {
  refuseInCI(context.env, 'golden review');
  const tree = goldenTree(args.golden);
  const { names = [] } = args;
  const all = new PendingShelf(tree).pending();
  const pending = names.length === 0 ? all : namedPending(all, names);
  const store = await openIfThere(args.store);
  try {
    const isInteractive = context.terminal.isPaged && process.stdin.isTTY && args.json !== true;
    if (isInteractive) await new Review(tree, store, args, context).through(pending);
    else await tellCommands(pending, { tree, store }, args, context);
  } finally {
    await store.close();
  }
  const left = new PendingShelf(tree).pending().length;
  return left === 0 ? EXIT.ok : EXIT.failed;
}

interface Shelves {
  readonly tree: GoldenTree;
  readonly store: ArtefactStore;
}

function verdictOf({ tree, store }: Shelves, pending: PendingGolden): Promise<GoldenVerdict> {
  return checkPending(tree, pending, (golden, found) =>
    diffRuns(keptRunView(store, golden), keptRunView(store, found), { count_bytes: Infinity }),
  );
}

async function tellCommands(
  pending: readonly PendingGolden[],
  shelves: Shelves,
  args: GoldenArguments,
  { terminal }: CommandContext,
): Promise<void> {
  const list: object[] = [];
  for (const item of pending) {
    const verdict = await verdictOf(shelves, item);
    const { name } = item.golden.record;
    list.push({ name, run: item.run, ...verdict });
    if (args.json === true) continue;
    const commands = (['accept', 'reject'] as const).map(
      (word) => `  aether golden ${word} ${quoted(name)} --reason '...'`,
    );
    terminal.out(`${[...presented(item, verdict, terminal.outColors), ...commands].join('\n')}\n\n`);
  }
  if (args.json === true) terminal.out(`${JSON.stringify(list)}\n`);
  else if (pending.length === 0) terminal.out('nothing waits for a judgement\n');
}

function presented({ golden, run }: PendingGolden, verdict: GoldenVerdict, colors: Colors): string[] {
  const { name } = golden.record;
  const head = `${colors.bold(name)}  ${colors.red(verdict.verdict)}  ${colors.dim(`run ${run}`)}`;
  if (verdict.verdict === 'agrees') return [head, '  the golden holds this very result already'];
  const facts = describeVerdict(verdict).map((line) => `  ${line}`);
  if (verdict.verdict !== 'changed') return [head, ...facts];
  return [head, ...facts, ...coloured(recordDiff(verdict.difference), colors)];
}

/** Safe to paste into a shell. */
function quoted(name: string): string {
  return /^[a-z0-9._=,-]+$/.test(name) ? name : `'${name}'`;
}

/** A talk with the person at the terminal, one result after another. What is left when they quit goes on waiting. */
class Review {
  readonly #shelves: Shelves;
  readonly #args: GoldenArguments;
  readonly #context: CommandContext;
  readonly #lines: Interface;
  readonly #ended: Promise<undefined>;

  constructor(tree: GoldenTree, store: ArtefactStore, args: GoldenArguments, context: CommandContext) {
    this.#shelves = { tree, store };
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
      out(`${presented(item, await verdictOf(this.#shelves, item), outColors).join('\n')}\n\n`);
      const answer = await this.#judgement();
      if (answer === 'quit') break;
      const done = answer === 'skip' || (await this.#judge(item, answer));
      if (!done) break;
      counts[answer]++;
    }
    this.#lines.close();
    const left = new PendingShelf(this.#shelves.tree).pending().length;
    const said = `${String(counts.accept)} accepted, ${String(counts.reject)} rejected`;
    out(
      `\n${said}, ${left === 0 ? 'nothing waits' : `${plural(left, 'result')} still ${left === 1 ? 'waits' : 'wait'}`}\n`,
    );
  }

  async #judge(item: PendingGolden, judgement: Judgement): Promise<boolean> {
    const why = await this.#reason(judgement);
    if (why === undefined) return false;
    await judge(this.#shelves.tree, item, judgement, judgementBy(this.#args, this.#context.env, why));
    this.#context.terminal.out(`${judgement}ed ${item.golden.record.name}\n`);
    return true;
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

  /** The reason given on the command line, else a line that is not empty; undefined at the end of the input. */
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
