import type { ArtefactKind } from '../../session/records.js';
import type { RecordReader } from '../artefacts/artefact-source.js';
import { sharedChunks } from './first-difference.js';

/** Kinds whose hash is in every U-ledger entry, in causal order. */
export const VOUCHED = {
  umx_ledger: 'umx_ledger_hash',
  loom_p_blocks: 'loom_block_hash',
  nap_envelopes: 'nap_envelope_hash',
} as const satisfies Partial<Record<ArtefactKind, string>>;
export type VouchedKind = keyof typeof VOUCHED;

/** The first tick at which the hash of each kind differs; absent if it never does. */
export type VouchedTicks = Partial<Record<VouchedKind, number>>;

/**
 * Finds the differences of artefacts that are not stored from the U-ledgers alone: equal chunks are skipped
 * by their digests, other entries are compared hash by hash up to the first tick whose ledger or P-block
 * differs.
 */
export async function vouchedDifferences(a: RecordReader, b: RecordReader): Promise<VouchedTicks> {
  const shared = sharedChunks(a.source, b.source);
  const from = (a.source.chunks[shared - 1]?.last_tick ?? 0) + 1;
  const ticks: VouchedTicks = {};
  const right = b.lines(from, Infinity);
  let tick = from;
  for await (const left of a.lines(from, Infinity)) {
    const other = await right.next();
    for (const kind of KINDS) {
      const field = VOUCHED[kind];
      const isSame = other.done !== true && hashIn(left, field) === hashIn(other.value, field);
      if (!isSame) ticks[kind] ??= tick;
    }
    if (ticks.umx_ledger !== undefined || ticks.loom_p_blocks !== undefined) return ticks;
    tick++;
  }
  const isLonger = (await right.next()).done !== true;
  if (isLonger) for (const kind of KINDS) ticks[kind] ??= tick;
  return ticks;
}

const KINDS = Object.keys(VOUCHED) as readonly VouchedKind[];

/** A hash of a canonical record, without parsing the rest. The quotes cannot occur inside a JSON string. */
function hashIn(line: string, field: string): string {
  const key = `"${field}":"`;
  const at = line.indexOf(key) + key.length;
  return line.slice(at, at + 64);
}
