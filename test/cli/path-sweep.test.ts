import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import pLimit from 'p-limit';
import t, { type Test } from 'tap';
import { AETHER } from '../../lib/cli/aether-program.js';
import type { CommandContext } from '../../lib/cli/command-context.js';
import { programShape } from '../../lib/cli/completion/command-shape.js';
import { ALL, CliFixture, ended, projectWith, runText } from './cli-fixture.js';
import { LineDriver, LONGEST_MS, type Said } from './driven.js';
import { pathSlots, type PathSlot } from './path-lines.js';
import { treeSnapshot } from './tree-snapshot.js';

const AT_ONCE = 2;

/** Paths that a user may give by mistake; options.test.ts gives empty ones to every option and operand. */
const PLACES = {
  'the current directory': () => '.',
  'a file of another program': () => 'guard/file',
  'a directory with foreign files': () => 'guard/full',
  'a symlink': (kind: PathSlot['kind']) => (kind === 'file' ? 'guard/link' : 'guard/linked'),
  'a dangling symlink': () => 'guard/dangling',
  'a FIFO': () => 'guard/pipe',
  'a path below a file': () => 'guard/file/below',
  'a name that is too long': () => 'x'.repeat(300),
} as const;

/** Files with names that this tool uses, made by other programs. */
const FOREIGN = [
  'notes.txt',
  'report.json',
  'junit.xml',
  'report.html',
  'golden.json',
  'run.json',
  'a/golden.json',
];

/** The paths that a command may write by default: the store of its project. */
function isOfProject(name: string): boolean {
  return /^(artefacts|golden|out|merged|exported|drawing\.svg)([/.]|$)/.test(name);
}

async function project(directory: string): Promise<CliFixture> {
  const scenarios = `\n  - {id: a, run: ${runText({ ticks: '8' })}, golden: true}\n`;
  const cli = projectWith(directory, scenarios);
  const made = await cli.batch(ALL, '-u=all', '--reason=why', '--by=me', '--output=report');
  if (made.code !== 0) throw new Error(made.err);
  const exported = await cli.aether('store', 'export', 'latest', '-o', 'a-run');
  if (exported.code !== 0) throw new Error(exported.err);
  for (const name of FOREIGN) cli.write(`guard/full/${name}`, `somebody else's ${name}\n`);
  cli.write('guard/file', 'somebody else\n');
  const guard = join(directory, 'guard');
  mkdirSync(join(guard, 'full/empty'));
  symlinkSync('file', join(guard, 'link'));
  symlinkSync('full', join(guard, 'linked'));
  symlinkSync('nowhere', join(guard, 'dangling'));
  return cli;
}

/** A copy of the project, with the FIFO, which cannot be copied. */
function copyOf(cli: CliFixture, into: string): CliFixture {
  const directory = mkdtempSync(join(into, 'case-'));
  cpSync(cli.directory, directory, { recursive: true, verbatimSymlinks: true });
  execFileSync('mkfifo', [join(directory, 'guard/pipe')]);
  return new CliFixture(directory);
}

async function bounded(cli: CliFixture, words: readonly string[]): Promise<Said> {
  const child = cli.start('aether', ...words);
  child.stdin.end();
  const killer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  try {
    return await ended(child);
  } finally {
    clearTimeout(killer);
  }
}

interface Call {
  readonly cli: CliFixture;
  readonly words: readonly string[];
  readonly run: () => Promise<Said>;
}

async function check(t: Test, { cli, words, run }: Call): Promise<void> {
  const call = words.map((word) => (word.length > 99 ? `${word.slice(0, 20)}…` : word)).join(' ');
  const before = treeSnapshot(cli.directory, isOfProject);
  const { code, out, err } = await run();
  const after = treeSnapshot(cli.directory, isOfProject);
  const kept = new Map([...before.keys()].map((name) => [name, after.get(name)]));
  t.strictSame(kept, before, `${call}: existing files are unchanged`);
  t.ok([0, 1, 2, 4, 5].includes(code as number), `${call}: ends with ${String(code)}: ${err}`);
  if (code === 2)
    t.strictSame([...after.keys()], [...before.keys()], `${call}: refused, so no file is created`);
  if (code !== 0) t.not(`${out}${err}`, '', `${call}: explains exit code ${String(code)}`);
}

/** The port is taken, so a service that accepts all paths still ends. */
async function takenPort(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

void t.test('no path given to a command deletes data or blocks the command', async (t) => {
  const place = t.testdir({ project: {}, cases: {} });
  const cli = await project(join(place, 'project'));
  const { server, port } = await takenPort();
  const drivers = Array.from({ length: AT_ONCE }, () => new LineDriver());
  const slots = pathSlots(programShape(AETHER.commands({} as CommandContext)));
  const calls = slots.flatMap((slot) =>
    Object.entries(PLACES).flatMap(([kind, placeOf]) =>
      slot.lines(placeOf(slot.kind)).map((line) => ({
        words: slot.command === 'serve' ? [...line, `--port=${String(port)}`] : line,
        // A process that waits for a FIFO may be detected only at its end.
        isAlone: kind === 'a FIFO',
      })),
    ),
  );
  const limit = pLimit(AT_ONCE);
  await Promise.all(
    calls.map(({ words, isAlone }) =>
      limit(async () => {
        const copy = copyOf(cli, join(place, 'cases'));
        const driver = drivers.pop()!;
        const run = (): Promise<Said> =>
          isAlone ? bounded(copy, words) : driver.run({ directory: copy.directory, words });
        await check(t, { cli: copy, words, run });
        drivers.push(driver);
        rmSync(copy.directory, { recursive: true });
      }),
    ),
  );
  for (const driver of drivers) driver.end();
  server.close();
});
