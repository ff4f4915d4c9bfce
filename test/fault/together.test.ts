import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { STORE_FORMATS, type StoreFormat } from '../../lib/store/layout.js';
import { ALL, projectWith, runText } from '../cli/cli-fixture.js';

/** Seconds to run, half of them for each format of the store; nightly runs take a minute or more. */
const SECONDS = Number(process.env['AETHER_SOAK_SECONDS'] ?? 20);
const RUNS = 40;

interface Result {
  readonly failed: number;
  readonly runs: readonly { name: string; run: string; result_digest: string }[];
}

for (const format of Object.values(STORE_FORMATS))
  void t.test(`two batches and a looping gc share a store without losing runs, ${format}`, (inner) =>
    together(inner, format),
  );

async function together(inner: Test, format: StoreFormat): Promise<void> {
  const sweep = (id: string): string =>
    `\n  - {id: ${id}, run: ${runText({ run_id: id })}, matrix: {ticks: {range: [4, ${String(RUNS + 3)}]}}}`;
  const cli = projectWith(inner.testdir(), `${sweep('left')}${sweep('right')}\n`).alwaysSpawned();
  mkdirSync(join(cli.directory, 'artefacts'));
  writeFileSync(join(cli.directory, 'artefacts/store.json'), `${JSON.stringify({ format })}\n`);
  const until = Date.now() + (SECONDS * 1000) / 2;
  const results: Result[] = [];
  let collections = 0;
  const failures: string[] = [];
  const batches = async (id: string): Promise<void> => {
    do {
      const { code, out, err } = await cli.batch(ALL, '-g', `^${id}`, '-j', '1', '--force', '--json');
      if (code === 0) results.push(JSON.parse(out) as Result);
      else failures.push(`batch ${String(code)}: ${err}`);
    } while (Date.now() < until);
  };
  const collect = async (): Promise<void> => {
    do {
      const { code, err } = await cli.aether('store', 'gc', '--keep-last', '1');
      if (code === 0) collections++;
      else if (!err.includes('STORE_NOT_FOUND')) failures.push(`gc ${String(code)}: ${err}`);
    } while (Date.now() < until);
  };
  await Promise.all([batches('left'), batches('right'), collect()]);
  inner.strictSame(failures, []);
  inner.ok(
    results.length >= 2 && collections >= 1,
    `${String(results.length)} batches beside ${String(collections)} collections`,
  );
  const verified = await cli.aether('store', 'verify');
  inner.equal(verified.code, 0, verified.out);
  const last = JSON.parse((await cli.batch(ALL, '--json')).out) as Result & { readonly executed: number };
  inner.equal(last.executed, 0, 'every result is still stored');
  const digests = new Map<string, Set<string>>();
  for (const { name, result_digest } of [...results, last].flatMap(({ runs }) => runs)) {
    digests.set(name, (digests.get(name) ?? new Set()).add(result_digest));
  }
  inner.equal(digests.size, 2 * RUNS);
  inner.ok(
    [...digests.values()].every((set) => set.size === 1),
    'the result is the same in both batches',
  );
}
