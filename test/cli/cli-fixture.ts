import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifest, PROFILE, RUN, TOPOLOGY } from '../batch/memory-documents.js';
import { PROGRAMS, type ProgramName } from '../programs.js';

export interface Ended {
  /** Exit code; the signal's name if one ended the process. */
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** The binaries, at work in one directory. */
export class CliFixture {
  constructor(
    readonly directory: string,
    readonly env: Readonly<Record<string, string>> = {},
  ) {}

  /** The same directory under another environment. */
  with(env: Readonly<Record<string, string>>): CliFixture {
    return new CliFixture(this.directory, { ...this.env, ...env });
  }

  /** Starts a program without waiting. */
  start(program: ProgramName, ...args: string[]): ChildProcessWithoutNullStreams {
    const { PATH, HOME } = process.env;
    return spawn(process.execPath, [PROGRAMS[program], ...args], {
      cwd: this.directory,
      env: { PATH, HOME, ...this.env },
    });
  }

  /** Runs a program to its end. */
  async run(program: ProgramName, ...args: string[]): Promise<Ended> {
    return ended(this.start(program, ...args));
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

/** Collects what a program says until it ends. */
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

/** RunConfig text with some of its members replaced. */
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

export const ALL = 'manifests/all.yaml';
