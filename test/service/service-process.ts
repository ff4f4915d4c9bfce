import { spawn, type ChildProcess } from 'node:child_process';
import { PROGRAMS } from '../programs.js';

/** The compiled program, beside this test. */
const AETHER = PROGRAMS.aether;

/** A service in a separate process. */
export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Its output to stderr so far. */
  readonly errors: () => string;
  /** Sends SIGTERM and gives the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Sends SIGKILL. */
  readonly kill: () => Promise<void>;
}

/** Starts `aether serve` in a directory, on a free port of the loopback interface. */
export async function startService(
  directory: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [AETHER, 'serve', ...defaults(args), ...args], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (piece: Buffer) => (errors += piece.toString()));
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const url = await firstUrl(child, () => errors);
  return {
    url,
    child,
    errors: () => errors,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Options may be given only once. */
function defaults(args: readonly string[]): string[] {
  const port = args.includes('--port') ? [] : ['--port', '0'];
  return args.includes('--manifests') ? port : [...port, '--manifests', 'manifest.yaml'];
}

function firstUrl(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout!.on('data', (piece: Buffer) => {
      output += piece.toString();
      const url = /(http:\/\/\S+)\n/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    });
    // Not `exit`: the last output may arrive after it.
    child.once('close', (code) => {
      reject(new Error(`the service ended with ${String(code)}: ${errors()}`));
    });
  });
}
