import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { goldenCounts } from '../../lib/batch/verdict/golden-counts.js';
import { batchVerdict } from '../../lib/batch/verdict/batch-verdict.js';
import { goldensText } from '../../lib/batch/report/verdict-lines.js';
import { describeVerdict, PendingResults, type GoldenSubject } from '../../lib/golden/index.js';
import { MemoryStore } from '../../lib/store/index.js';
import { sampleInputs } from '../inspect/sample-inputs.js';
import { keepRun } from '../inspect/sample-store.js';
import { Bench, scratch } from './sample-golden.js';

const OLD = 's[ticks=8,profile=cmp-0]';
const NEW = 's[ticks=8]';

/** A store with two runs, and an accepted golden of the first one under a previous name. */
async function renamed(t: Test): Promise<Bench> {
  const store = new MemoryStore();
  const bench = new Bench(scratch(t), store);
  await keepRun(store, sampleInputs({ ticks: 8 }), { id: 'first' });
  await keepRun(store, sampleInputs({ ticks: 9 }), { id: 'second' });
  await bench.check({}, { subjects: [subject(bench, OLD, 'first')], update: 'missing' });
  return bench;
}

function subject(bench: Bench, name: string, run: string, scenario = 's'): GoldenSubject {
  return { ...bench.subject(name, run), scenario };
}

/** Checks the goldens of these subjects, with a manifest that has no other scenario. */
function check(bench: Bench, subjects: readonly GoldenSubject[], options = {}) {
  const directories = new Set(subjects.map(({ directory }) => directory));
  const references = { directories, manifests: [bench.manifest] };
  return bench.check({}, { subjects, references, ...options });
}

for (const read_only of [true, false]) {
  void t.test(`a golden under a previous name is one finding (read_only ${String(read_only)})`, async (t) => {
    const bench = await renamed(t);
    const report = await check(bench, [subject(bench, NEW, 'first')], { read_only });
    t.match(report, {
      ok: false,
      obsolete: [],
      removed: [],
      results: [{ name: NEW, ok: false, verdict: { verdict: 'missing', renamed: { from: OLD } } }],
    });
    const [from, to] = [join(bench.tree.root, OLD), join(bench.tree.root, NEW)];
    const told = `renamed: ${from} holds this run's result; move it: git mv '${from}' '${to}'`;
    t.strictSame(describeVerdict(report.results[0]!.verdict), [told]);
    const counts = goldenCounts(report);
    t.match(counts, {
      missing: 1,
      obsolete: 0,
      issues: [{ name: NEW, code: 'GOLDEN_RENAMED', reason: told }],
    });
    t.equal(goldensText(counts), '0 runs agree, 1 renamed');
    const { ok, reasons } = batchVerdict({
      runs: {
        selected: 1,
        executed: 1,
        completed: 1,
        faulted_as_expected: 0,
        cached: 0,
        shared: 0,
        failed: 0,
        cancelled: 0,
        not_started: 0,
      },
      repeats: { checked: 0, disagreed: 0 },
      goldens: counts,
      stopped_by: null,
      store_error: null,
    });
    t.strictSame(
      { ok, reasons },
      { ok: false, reasons: [{ code: 'GOLDENS_DIFFER', message: 'goldens: 1 renamed' }] },
    );

    renameSync(from, to);
    const moved = await check(bench, [subject(bench, NEW, 'first')]);
    t.match(moved, { ok: true, results: [{ verdict: { verdict: 'agrees' } }] });
    t.match(
      bench.tree.read(to),
      { name: NEW, accepted: { why: 'first result' } },
      'renamed, with the acceptance unchanged',
    );
    t.same(new PendingResults(bench.tree).pending(), []);
  });
}

void t.test('equal inputs are distinguished from an equal result, and assigned to one run', async (t) => {
  const bench = await renamed(t);
  // One golden matches by result, another by inputs: the inputs decide.
  const { record } = await bench
    .subject('x', 'first')
    .open()
    .then((run) => run!);
  const open = (change: object) => async () => ({
    ...(await bench.subject('x', 'first').open())!,
    record: { ...record, ...change },
  });
  const other = { ...subject(bench, 's[a=1]', 'first'), open: open({ input_key: record.result_digest }) };
  const both = await check(bench, [other, subject(bench, NEW, 'first')], { read_only: true });
  t.match(both, {
    obsolete: [],
    results: [
      { verdict: { verdict: 'missing', renamed: undefined } },
      { verdict: { renamed: { from: OLD } } },
    ],
  });
  const byResult = await check(bench, [other], { read_only: true });
  t.match(byResult.results, [{ verdict: { renamed: { from: OLD, same_result: true } } }]);
  const changed = { ...subject(bench, NEW, 'first'), open: open({ ticks_completed: 3 }) };
  const byInputs = await check(bench, [changed], { read_only: true });
  t.match(byInputs.results, [
    {
      verdict: {
        renamed: { same_result: false, message: /holds a result of this run's inputs; move it: git mv/ },
      },
    },
  ]);
});

void t.test('an unrelated golden remains obsolete beside a missing one', async (t) => {
  const bench = await renamed(t);
  const findings = async (one: GoldenSubject): Promise<object> => {
    const { ok, obsolete, results } = await check(bench, [one], { read_only: true });
    return {
      ok,
      obsolete: obsolete.map(({ name }) => name),
      told: results.flatMap(({ verdict }) => describeVerdict(verdict)),
    };
  };
  const apart = { ok: false, obsolete: [OLD], told: ['there is no golden'] };
  t.strictSame(await findings(subject(bench, NEW, 'second')), apart, 'another run');
  t.strictSame(await findings(subject(bench, NEW, 'first', 'other')), apart, 'another scenario');
  writeFileSync(join(bench.tree.directoryOf(OLD), 'golden.json'), '{');
  t.strictSame(await findings(subject(bench, NEW, 'first')), apart, 'a damaged golden');
});

void t.test('-u all keeps a golden under its previous name if its run cannot be accepted', async (t) => {
  const bench = await renamed(t);
  const directory = bench.tree.directoryOf(NEW);
  mkdirSync(directory);
  // The existing file is not a golden, so none is accepted at its path.
  writeFileSync(join(directory, 'inputs.json'), 'mine');
  const report = await check(bench, [subject(bench, NEW, 'first')], { update: 'all' });
  t.match(report, {
    ok: false,
    removed: [],
    results: [{ action: 'none', verdict: { renamed: { from: OLD } } }],
  });
  rmSync(directory, { recursive: true });
  t.match(await check(bench, [subject(bench, NEW, 'first')], { update: 'all' }), {
    ok: true,
    removed: [OLD],
  });
});

void t.test('goldens outside of the root are moved too', async (t) => {
  const bench = await renamed(t);
  const directory = join(dirname(bench.tree.root), 'accepted', NEW);
  const one = { ...subject(bench, NEW, 'first'), directory };
  const report = await check(bench, [one], { read_only: true });
  t.match(report.results, [{ verdict: { renamed: { from: OLD, to: directory } } }]);
  cpSync(bench.tree.directoryOf(OLD), directory, { recursive: true });
  rmSync(bench.tree.directoryOf(OLD), { recursive: true });
  t.match(await check(bench, [one]), { ok: true, obsolete: [] });
});
