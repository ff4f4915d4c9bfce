import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PROGRAMS } from '../programs.js';

/** Prints one line of the report. */
export type Report = (line: string) => void;

/** Middle value of an odd-sized list. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Wall milliseconds of some work. */
export async function timed(work: () => Promise<void> | void): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** `1,234.5` with a fixed number of decimals. */
export function shown(value: number, decimals = 2): string {
  return value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** One process of the command line, its wall milliseconds and its standard output. */
export function runCli(
  name: 'aether' | 'aether-batch',
  args: readonly string[],
): { ms: number; stdout: string } {
  const entry = PROGRAMS[name];
  const from = performance.now();
  const child = spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const ms = performance.now() - from;
  if (child.status !== 0)
    throw new Error(`${name} ${args.join(' ')} exited ${child.status}: ${child.stderr}`);
  return { ms, stdout: child.stdout };
}

/** Runs another module of this folder as a process and returns the JSON it prints. */
export function runModule<T>(module: string, args: readonly string[]): T {
  const entry = fileURLToPath(new URL(`./${module}.js`, import.meta.url));
  const child = spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (child.status !== 0) throw new Error(`${module} exited ${child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout) as T;
}
