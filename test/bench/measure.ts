import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PROGRAMS } from '../programs.js';

/** Prints one line of the report. */
export type Report = (line: string) => void;

/** Median of an odd number of values. */
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

/**
 * Prints the costs of the process on a separate line of stderr when it ends; for node's --import. Not the peak of
 * resourceUsage: a process inherits that of its parent.
 */
const TELLS_COSTS = `data:text/javascript,${encodeURIComponent(
  "import { readFileSync, writeSync } from 'node:fs';" +
    "process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();" +
    'let peak = maxRSS;' +
    "try { peak = /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]; } catch {}" +
    'writeSync(2, `\\ncpu_us=${userCPUTime + systemCPUTime} peak_kib=${peak}\\n`); });',
)}`;

/** Arguments of node for a process that prints its costs, with a heap limit in MiB. */
export function costly(heap_mib: number): readonly string[] {
  return [`--max-old-space-size=${String(heap_mib)}`, '--import', TELLS_COSTS];
}

export interface ProcessCosts {
  readonly cpu_s: number;
  readonly peak_mib: number;
}

/** The costs that a process printed; undefined if it died before. */
export function costsOf(stderr: string): ProcessCosts | undefined {
  const told = /^cpu_us=(\d+) peak_kib=(\d+)$/m.exec(stderr);
  return told === null ? undefined : { cpu_s: Number(told[1]) / 1e6, peak_mib: Number(told[2]) / 1024 };
}

/** Runs another module of this folder as a process and returns the JSON it prints. */
export function runModule<T>(module: string, args: readonly string[]): T {
  const entry = fileURLToPath(new URL(`./${module}.js`, import.meta.url));
  const child = spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (child.status !== 0) throw new Error(`${module} exited ${child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout) as T;
}
