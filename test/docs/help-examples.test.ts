import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { AETHER_BATCH } from '../../lib/cli/aether-batch-program.js';
import { AETHER } from '../../lib/cli/aether-program.js';
import type { CommandContext } from '../../lib/cli/command-context.js';
import { completionCommand } from '../../lib/cli/completion/completion-command.js';
import type { Command } from '../../lib/cli/options/declare-command.js';
import type { Program } from '../../lib/cli/program.js';
import { REPO } from '../config/repo.js';
import { LineDriver } from '../cli/driven.js';
import { DocDirectory } from './doc-blocks.js';

/** All examples in the help of a program, in the order of its commands. */
function examplesOf(program: Program): readonly string[] {
  const context = {} as CommandContext;
  const found: string[] = [];
  const read = (module: Command): void => {
    const recorder: object = new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...args: readonly unknown[]) => {
            if (method === 'example') found.push(String(args[0]));
            if (method === 'command') read(args[0] as Command);
            return recorder;
          },
      },
    );
    if (typeof module.builder === 'function') void module.builder(recorder as never);
  };
  for (const module of [...program.commands(context), completionCommand(context, program.name)]) read(module);
  return found;
}

/** Examples that are not run here, with the reason. */
const NOT_RUN: readonly (readonly [example: RegExp, why: string])[] = [
  [/^(AETHER_TOKEN=\S+ )?aether serve/, 'runs until it is stopped; test/cli/serve.test.ts'],
  [/ --watch$/, 'runs until it is stopped; test/cli/watch.test.ts'],
  [/ zsh\)$| fish > /, 'needs a shell that may not be installed; test/cli/completion.test.ts'],
  [/^aether audit/, 'executes every scenario five ways; test/cli/audit.test.ts'],
  [/--repeat-each 2 -j 4$/, 'executes every scenario twice; test/cli/batch.test.ts'],
];

/** Examples that exit with 1, because the compared results differ. */
const DIFFERING: readonly string[] = [
  'aether diff gf01 latest',
  "aether diff 'ring-5[ticks=64]' 'ring-5[ticks=128]'",
  'aether diff 20250101 20250102 --json',
];

/** Commands to run immediately before an example, because another example has undone them. */
const BEFORE: Readonly<Record<string, string>> = {
  "aether golden accept gf01 --reason 'k of edge 3 is 2 now'":
    "rm -r golden/gf01; aether batch -g '^gf01$' && exit 1 || true",
  "aether golden reject ring-5 --reason 'rounding is broken'":
    "rm -r golden/ring-5; aether batch -g '^ring-5$' && exit 1 || true",
  'aether merge-reports out-1 out-2 out-3 --reporter junit,html --output merged':
    'for part in 1 2 3; do aether batch -u missing --reason all --shard $part/3 --output out-$part; done',
  'aether show-ledger latest --from 100 --to 120': 'aether run ring-5 -S run.ticks=130',
};

const TOPOLOGY = JSON.stringify({
  gid: 'PAIR',
  profile: 'CMP-0',
  N: 2,
  SC: 32,
  edges: [{ e_id: 1, i: 1, j: 2, k: 6, cap: 32 }],
});

const RUN_CONFIG = JSON.stringify({
  v: 1,
  gid: 'PAIR',
  run_id: 'my-run',
  topology_path: 'my-topology.json',
  profile_path: 'profiles/cmp-0.yaml',
  ticks: 8,
  initial_state: [100, 0],
  windows: { every: 8, apx_name: 'PAIR_APX' },
});

/** One of the nightly scenarios that varies the profile. */
const NIGHTLY = `
  - id: nightly-ring-5-profiles
    run: { v: 1, gid: RING5, run_id: R, topology_path: ../topologies/ring-5.yaml, profile_path: ../profiles/cmp-0.yaml,
      ticks: 16, initial_state: [80, 0, 40, 0, -20], windows: { every: 16, apx_name: N } }
    zip:
      profile_path: [../profiles/cmp-0.yaml, ../profiles/cmp-1.yaml, ../profiles/cmp-2.yaml]
      topology.SC: [32, 16, 20]
`;

/** Documents that the examples name and that are not shipped, and small manifests in place of the large ones. */
function writeDocuments(directory: string): void {
  const write = (path: string, text: string): void => {
    writeFileSync(join(directory, path), text);
  };
  cpSync(join(REPO, 'golden'), join(directory, 'golden'), { recursive: true });
  write('my-topology.json', TOPOLOGY);
  write('my-run.json', RUN_CONFIG);
  const head = 'v: 1\nkind: BatchManifest\n';
  write('manifests/bench.yaml', `${head}name: bench\nscenarios: []\n`);
  write('manifests/nightly.yaml', `${head}name: nightly\nscenarios:${NIGHTLY}`);
}

/** The preparation that the examples need: results, and files of a user. */
const PREPARED: readonly string[] = [
  'aether batch manifests/reference.yaml',
  'aether run ring-5 -S run.ticks=64',
  'aether run ring-5 -S run.ticks=128',
  'aether store export gf01 --format session -o session.json',
  'aether store export gf02-grid --format tar -o run.tar',
  'mkdir exports && for run in star-5 line-4; do aether store export "$run" -o exports/"$run"; done',
];

/** An example with ids and digests of this store in place of the printed ones. */
function withActual(example: string, place: DocDirectory): string {
  if (!/20250101|3f79|3f\/79/.test(example)) return example;
  const json = (line: string): unknown => JSON.parse(place.shell(line).out);
  if (example.includes('--batch')) {
    const [batch] = json('aether batches --json') as readonly { readonly id: string }[];
    return example.replace('20250101', batch!.id);
  }
  type Run = { readonly id: string; readonly artefacts: readonly { readonly digest: string }[] };
  const [first, second] = json('aether runs --json') as readonly Run[];
  const { digest } = first!.artefacts[0]!;
  return example
    .replace('20250101', first!.id)
    .replace('20250102', second!.id)
    .replace('3f79bb7b…', digest)
    .replace('3f/79bb…', `${digest.slice(0, 2)}/${digest.slice(2)}`);
}

/** Words of a line without shell syntax; undefined for others. */
function plainWords(line: string): readonly string[] | undefined {
  if (/[|<>$*`;&]/.test(line.replace(/'[^']*'/g, ''))) return undefined;
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}

void t.test('every example of every --help works in a project of the shipped files', async (t) => {
  const examples = examplesOf(AETHER);
  t.ok(examples.length > 60, `${examples.length} examples`);
  t.strictSame(
    examplesOf(AETHER_BATCH).filter((line) => !line.includes('completion')),
    examples.filter((line) => line.startsWith('aether batch ')).map((line) => line.replace(' ', '-')),
    'both programs give the same result for a batch',
  );
  const place = new DocDirectory(t);
  writeDocuments(place.directory);
  const driver = new LineDriver();
  const run = async (line: string): Promise<{ code: number | string | null; out: string; err: string }> => {
    const words = plainWords(line);
    return words?.[0] === 'aether'
      ? driver.run({ directory: place.directory, words: words.slice(1) })
      : place.shell(line);
  };
  for (const example of [...PREPARED, ...examples]) {
    const before = BEFORE[example];
    if (before !== undefined) t.equal(place.shell(before).code, 0, `before ${example}`);
    const skipped = NOT_RUN.find(([pattern]) => pattern.test(example));
    if (skipped !== undefined) {
      t.comment(`not run: ${example}: ${skipped[1]}`);
      continue;
    }
    const { code, out, err } = await run(withActual(example, place));
    const expected = DIFFERING.includes(example) ? 1 : 0;
    t.equal(code, expected, `${example}: ${err.slice(0, 300)}${code === expected ? '' : out.slice(-300)}`);
  }
  driver.end();
});
