import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtefactStore, RunRecord } from '../../lib/store/index.js';
import { median, shown, timed, type Report } from './measure.js';
import { benchStore, executeManifest } from './one-run.js';
import { gridEdges, workDirectory, writeGridManifest } from './scenario.js';

const ROUNDS = 5;
const CHUNK = 1 << 20;

/** One artefact of the run for the yardstick: parsed records, and their expected digest. */
interface Parsed {
  readonly digest: string;
  readonly records: readonly unknown[];
}

/**
 * Edge-ticks per second of a full run with all artefacts written, hashed and durable, relative to a loop that
 * only does JSON.stringify, SHA-256 and write of the same bytes.
 */
export async function benchThroughput(report: Report): Promise<void> {
  for (const [side, ticks] of [
    [16, 1500],
    [6, 8000],
    [3, 20000],
  ] as const) {
    const work = workDirectory();
    try {
      const manifest = writeGridManifest(work.path, { side, ticks: [ticks] });
      const store = await benchStore(join(work.path, 'tree'));
      const [record] = await executeManifest(manifest, { store });
      const parsed = await parseAll(store, record!);
      const full: number[] = [];
      const yardstick: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const fresh = await benchStore(join(work.path, `tree-${round}`));
        full.push(await timed(async () => void (await executeManifest(manifest, { store: fresh }))));
        yardstick.push(await timed(() => stringifyAll(parsed, join(work.path, `plain-${round}`))));
        await fresh.close();
      }
      await store.close();
      const edgeTicks = gridEdges(side) * ticks;
      const rate = edgeTicks / median(full) / 1000;
      const peer = edgeTicks / median(yardstick) / 1000;
      const bytes = record!.artefacts.reduce((sum, a) => sum + a.size, 0) / edgeTicks;
      report(
        `full run, ${gridEdges(side)} edges x ${ticks} ticks: ${shown(rate)} M edge-ticks/s; yardstick ` +
          `(stringify + sha-256 + write) ${shown(peer)} M; ratio ${shown(rate / peer)}; ${shown(bytes, 1)} bytes per edge-tick`,
      );
    } finally {
      work.done();
    }
  }
}

async function parseAll(store: ArtefactStore, record: RunRecord): Promise<Parsed[]> {
  const all: Parsed[] = [];
  for (const artefact of record.artefacts) {
    const records: unknown[] = [];
    for (const chunk of artefact.chunks) {
      const text = Buffer.from(await store.blob(chunk.digest)).toString('utf8');
      for (const line of text.split('\n')) if (line !== '') records.push(JSON.parse(line));
    }
    all.push({ digest: artefact.digest, records });
  }
  return all;
}

function stringifyAll(artefacts: readonly Parsed[], path: string): void {
  artefacts.forEach(({ digest, records }, n) => {
    const hash = createHash('sha256');
    const fd = openSync(`${path}-${n}`, 'w');
    let text = '';
    const flush = (): void => {
      const bytes = Buffer.from(text);
      hash.update(bytes);
      writeSync(fd, bytes);
      text = '';
    };
    for (const record of records) {
      text += `${JSON.stringify(record)}\n`;
      if (text.length >= CHUNK) flush();
    }
    flush();
    fsyncSync(fd);
    closeSync(fd);
    if (hash.digest('hex') !== digest) throw new Error('the yardstick wrote other bytes');
  });
}
