import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { manifest, PROFILE, RUN, TOPOLOGY } from '../batch/memory-documents.js';
import { PROGRAMS, type ProgramName } from '../programs.js';
import { LineDriver } from './driven.js';

export interface Ended {
  /** Exit code, or the name of the signal that ended the process. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** Answers calls of a test file that need no separate process. */
const driver = new LineDriver();

/** Commands that the binary has already answered for this test file. */
const spawned = new Set<string>();

/** Variables that Node reads at its start. */
const OF_NODE = /^(?:NODE_.*|TZ|LANG|LC_.*)$/;

/**
 * Starting workers is a large part of the cost of a small batch; the first call of a file uses as many as the
 * machine has cores.
 */
const ONE_WORKER = { AETHER_JOBS: '1' } as const;
const BATCHES: ReadonlySet<string> = new Set(['aether batch', 'aether-batch']);

/** Commands that are subcommands of another. */
const WITH_COMMANDS: ReadonlySet<string> = new Set(['golden', 'store']);

/** The programs, running in one directory. */
export class CliFixture {
  constructor(
    readonly directory: string,
    readonly env: Readonly<Record<string, string>> = {},
    readonly isAlwaysSpawned = false,
  ) {}

  /** The same directory with another environment. */
  with(env: Readonly<Record<string, string>>): CliFixture {
    return new CliFixture(this.directory, { ...this.env, ...env }, this.isAlwaysSpawned);
  }

  /** The same, but every call starts the binary, for tests of how a process starts, waits or ends. */
  alwaysSpawned(): CliFixture {
    return new CliFixture(this.directory, this.env, true);
  }

  /** Starts a program without waiting. */
  start(program: ProgramName, ...args: string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [PROGRAMS[program], ...args], {
      cwd: this.directory,
      env: this.#wholeEnv(),
    });
  }

  /**
   * Runs a program to its end. The first call of each command in a test file starts the binary; a resident
   * process answers later calls one after another, because starting a process costs more than most commands.
   */
  async run(program: ProgramName, ...args: string[]): Promise<Ended> {
    const command = commandOf(program, args);
    const isFirst = !spawned.has(command);
    spawned.add(command);
    if (isFirst || this.isAlwaysSpawned || Object.keys(this.env).some((name) => OF_NODE.test(name)))
      return ended(this.start(program, ...args));
    const env = { ...(BATCHES.has(command) ? ONE_WORKER : {}), ...this.#wholeEnv() };
    return driver.run({ directory: this.directory, words: args, program, env });
  }

  #wholeEnv(): Record<string, string> {
    const { PATH = '', HOME = '' } = process.env;
    return { PATH, HOME, ...this.env };
  }

  batch(...args: string[]): Promise<Ended> {
    return this.run('aether-batch', ...args);
  }

  aether(...args: string[]): Promise<Ended> {
    return this.run('aether', ...args);
  }

  write(path: string, text: string): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Such as `aether store gc`. The help of all commands counts as one. */
function commandOf(program: ProgramName, args: readonly string[]): string {
  if (program === 'aether-batch') return program;
  if (args.includes('--help')) return `${program} --help`;
  const [first = '', second = ''] = args;
  return `${program} ${WITH_COMMANDS.has(first) ? `${first} ${second}` : first}`;
}

/** Collects the output of a program until it ends. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => err.push(bytes));
  const code = await new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      resolve(status ?? signal ?? 'unknown');
    });
  });
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

/** RunConfig text with some members replaced. */
export function runText(change: Readonly<Record<string, string>> = {}): string {
  return Object.entries(change).reduce(
    (text, [key, value]) =>
      text.replace(new RegExp(`${key}: (\\[[^\\]]*\\]|\\{[^}]*\\}|[^,}]+)`), `${key}: ${value}`),
    RUN,
  );
}

/** A directory with two profiles, a topology and a manifest of these scenarios. */
export function projectWith(directory: string, scenarios: string): CliFixture {
  const cli = new CliFixture(directory);
  cli.write('manifests/pair.yaml', TOPOLOGY);
  cli.write('manifests/cmp-0.yaml', PROFILE);
  cli.write('manifests/cmp-1.yaml', PROFILE.replace('CMP-0', 'CMP-1').replace('1234567', '99'));
  cli.write('manifests/all.yaml', manifest(scenarios));
  return cli;
}

/** Makes a project once for a test file; every test gets a copy. */
export function copied(
  make: (directory: string) => Promise<CliFixture>,
): (directory: string) => Promise<CliFixture> {
  let first: Promise<CliFixture> | undefined;
  return async (directory) => {
    const made = await (first ??= make(t.testdir()));
    cpSync(made.directory, directory, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    return new CliFixture(directory, made.env, made.isAlwaysSpawned);
  };
}

export const ALL = 'manifests/all.yaml';
