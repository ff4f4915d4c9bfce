import t from 'tap';
import { audit, auditRounds, type RoundRun, type RoundRunner } from '../../lib/audit/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';

const ROUNDS = auditRounds(2).slice(0, 3);

/** Stores of rounds in memory: `ticks` of each run by round, 0 for a run that is missing there. */
class MemoryRounds implements RoundRunner {
  readonly opened: number[] = [];
  readonly closed: number[] = [];
  readonly discarded: number[] = [];
  kept: boolean | undefined;
  readonly #stores = new Map<number, MemoryStore>();
  readonly #ticks: readonly Readonly<Record<string, number>>[];

  constructor(...ticks: readonly Readonly<Record<string, number>>[]) {
    this.#ticks = ticks;
  }

  async execute(_round: unknown, number: number): Promise<readonly RoundRun[]> {
    const store = new MemoryStore();
    this.#stores.set(number, store);
    const runs: RoundRun[] = [];
    for (const [name, ticks] of Object.entries(this.#ticks[number - 1] ?? {})) {
      if (ticks === 0) continue;
      const record = await keepRun(store, sampleInputs({ ticks }), { id: `20250101-${name}`, name });
      runs.push({
        name,
        input_key: record.input_key,
        state: record.state,
        code: null,
        result_digest: record.result_digest,
        run: record.id,
      });
    }
    return runs;
  }

  open(number: number): ReturnType<RoundRunner['open']> {
    this.opened.push(number);
    const store = this.#stores.get(number)!;
    const close = (): Promise<void> => Promise.resolve(void this.closed.push(number));
    return Promise.resolve(Object.assign(store, { close }));
  }

  discard(number: number): void {
    this.discarded.push(number);
  }

  end(keep: boolean): string | null {
    this.kept = keep;
    return keep ? 'evidence' : null;
  }
}

void t.test('rounds with equal results keep no stores', async (t) => {
  const rounds = new MemoryRounds({ a: 4, b: 8 }, { a: 4, b: 8 }, { b: 8, a: 4 });
  t.match(await audit(ROUNDS, rounds), { ok: true, runs: 2, disagreements: [], evidence: null });
  t.strictSame([rounds.discarded, rounds.kept], [[2, 3], false]);
});

void t.test('a run that differs is reported with the round and the first difference', async (t) => {
  const rounds = new MemoryRounds({ a: 4, b: 8 }, { a: 4, b: 8 }, { a: 4, b: 9 });
  const report = await audit(ROUNDS, rounds);
  t.match(report, { ok: false, evidence: 'evidence', disagreements: [{ name: 'b', round: ROUNDS[2]! }] });
  t.ok(report.disagreements[0]!.diff?.first, 'the tick at which the records differ');
  t.strictSame([rounds.opened, rounds.closed, rounds.discarded], [[1, 3], [1, 3], [2]]);
});

void t.test('a run that a round lacks, or that only a later round has, is reported', async (t) => {
  const rounds = new MemoryRounds({ a: 4 }, { a: 0 }, { a: 4, b: 8 });
  const { disagreements } = await audit(ROUNDS, rounds);
  t.match(disagreements, [
    { name: 'a', other: undefined, diff: null },
    { name: 'b', first: undefined, diff: null },
  ]);
});

void t.test('records of five differing runs are compared, all others are only listed', async (t) => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const all = (ticks: number): Record<string, number> =>
    Object.fromEntries(names.map((name) => [name, ticks]));
  const { disagreements } = await audit(ROUNDS.slice(0, 2), new MemoryRounds(all(4), all(5)));
  t.strictSame(
    disagreements.map(({ diff }) => diff !== null),
    [true, true, true, true, true, false, false],
  );
});

void t.test('a round that cannot be executed removes its stores', async (t) => {
  const rounds = new MemoryRounds({ a: 4 });
  rounds.execute = () => Promise.reject(new Error('no process'));
  await t.rejects(audit(ROUNDS, rounds), /no process/);
  t.equal(rounds.kept, false);
});
