import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { PROGRAMS } from '../programs.js';
import { DOCUMENT_KINDS, writeDocuments, type DocumentKind } from './document-kinds.js';
import { costly, costsOf, shown, type Report } from './measure.js';
import { workDirectory } from './scenario.js';

const HEAP_MIB = 1024;
const FORMATS = ['json', 'yaml'] as const;

/** Largest size of the series: AETHER_BENCH_SIZE, a power of ten from 10,000 on. */
const LARGEST = Number(process.env['AETHER_BENCH_SIZE'] ?? 1_000_000);

interface Cost {
  readonly seconds: number;
  /** Of the processor, on all threads; undefined when the process died. */
  readonly cpu_s: number | undefined;
  readonly mib: number | undefined;
  /** Code of the limit that refused the document, or how the process ended. */
  readonly refused: string | undefined;
}

/** Seconds, processor time and peak memory of reading documents of 10^4 to 10^6 values of each kind, in a heap of 1 GiB. */
export function benchDocuments(report: Report): void {
  const work = workDirectory();
  try {
    for (const kind of DOCUMENT_KINDS) for (const format of FORMATS) series(kind, format, work.path, report);
  } finally {
    work.done();
  }
}

function series(
  kind: DocumentKind,
  format: (typeof FORMATS)[number],
  directory: string,
  report: Report,
): void {
  let before: Cost | undefined;
  for (let size = 10_000; size <= LARGEST; size *= 10) {
    const write = (name: string, document: unknown): string => {
      const path = join(directory, `${name}.${format}`);
      const text = format === 'json' ? JSON.stringify(document) : dump(document, { flowLevel: 2 });
      writeFileSync(path, text);
      return path;
    };
    const cost = measure(writeDocuments(kind, size, write));
    const ratio =
      before?.cpu_s !== undefined && cost.cpu_s !== undefined && cost.refused === undefined
        ? `, ${shown(cost.cpu_s / before.cpu_s, 1)}x`
        : '';
    const cpu = cost.cpu_s === undefined ? '' : `, ${shown(cost.cpu_s)} s of processor`;
    const end = cost.refused === undefined ? '' : `, refused: ${cost.refused}`;
    const memory = cost.mib === undefined ? '' : `, ${shown(cost.mib, 0)} MiB`;
    report(`${kind} ${format} ${shown(size, 0)}: ${shown(cost.seconds)} s${cpu}${ratio}${memory}${end}`);
    if (cost.refused !== undefined) return;
    before = cost;
  }
}

function measure([program, ...args]: readonly ['aether' | 'aether-batch', ...string[]]): Cost {
  const node = [...costly(HEAP_MIB), PROGRAMS[program]];
  const from = performance.now();
  const child = spawnSync(process.execPath, [...node, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - from) / 1000;
  const costs = costsOf(child.stderr);
  return { seconds, cpu_s: costs?.cpu_s, mib: costs?.peak_mib, refused: refusal(child) };
}

function refusal({ status, signal, stdout, stderr }: SpawnSyncReturns<string>): string | undefined {
  if (status === 0) return undefined;
  if (status === null) return `the process died with ${String(signal)}`;
  return /: ([a-z]+(?:-[a-z]+)+): /.exec(stdout + stderr)?.[1] ?? `exit code ${String(status)}`;
}
