import { AetherError } from '../../base/errors.js';
import type { RunInputs } from '../../engine/inputs.js';
import { ENGINE_VERSION } from '../../session/input-key.js';
import type { ArtefactKind } from '../../session/records.js';
import type { RunRecord } from '../../store/record-types.js';
import { RecordChunk } from './record-chunk.js';
import { mismatch } from './derived-source.js';
import { ArtefactTally, rerun } from './rerun.js';

/**
 * Kinds with records per tick that a compact run does not store and that no recorded state determines: links
 * go back to tick 1, envelopes wait for their window.
 */
const TICK_KINDS = ['loom_i_blocks', 'loom_chain', 'nap_envelopes'] as const;
export type TickKind = (typeof TICK_KINDS)[number];

/** The records of a tick, as text, per kind. */
export type TickTexts = Readonly<Record<TickKind, readonly string[]>>;

/** The run, and its recorded entry of a tick. */
export interface TickBasis {
  readonly inputs: RunInputs;
  readonly record: RunRecord;
  readonly tick: number;
  /** The recorded U-ledger entry as text; undefined if the tick was not committed. */
  readonly entry: string | undefined;
}

/**
 * The records of one tick that a compact run does not store, from one computation for all of them.
 *
 * The computed U-ledger entry must equal the recorded one. Through its chain it covers every tick ledger,
 * P-block and DATA envelope up to the tick, and from those the links, I-blocks and other envelopes follow, so
 * the computation stops there. If it covers less, the run is computed to its end and whole artefacts must
 * match their digests.
 *
 * @throws AetherError REPLAY_MISMATCH when they differ from the recorded ones
 */
export function derivedTick(basis: TickBasis): Promise<TickTexts> {
  const { entry } = basis;
  return entry !== undefined && isVouchedEarly(basis) ? upToEntry(basis, entry) : ofWholeRun(basis);
}

/**
 * False if the entry does not cover the records: another engine may derive other records from the same
 * ledgers; a governed run commits at its end; the envelopes of the last tick come after its entry.
 */
function isVouchedEarly({ inputs, record, tick }: TickBasis): boolean {
  const isOwn = record.engine.version === ENGINE_VERSION;
  return isOwn && inputs.governance.governance_mode === 'OFF' && tick < inputs.run.ticks;
}

async function upToEntry({ inputs, record, tick }: TickBasis, entry: string): Promise<TickTexts> {
  const texts = noTexts();
  const records = rerun(inputs, record, {
    wanted: (kind, { first_tick }) => first_tick === tick && (isTickKind(kind) || kind === 'u_ledger'),
    chunk_bytes: 1,
  });
  for await (const { kind, bytes } of records) {
    const text = new RecordChunk(bytes).text(0);
    if (isTickKind(kind)) texts[kind].push(text);
    else if (text === entry) return texts;
    else break;
  }
  throw new AetherError(
    'REPLAY_MISMATCH',
    `tick ${String(tick)} re-derived does not have its recorded U-ledger entry`,
  );
}

async function ofWholeRun({ inputs, record, tick }: TickBasis): Promise<TickTexts> {
  const entries = record.artefacts.filter(({ kind, stored }) => !stored && isTickKind(kind));
  const tallies = new Map(entries.map(({ kind }) => [kind, new ArtefactTally()]));
  const texts = noTexts();
  for await (const chunk of rerun(inputs, record, { wanted: (kind) => tallies.has(kind) })) {
    tallies.get(chunk.kind)!.add(chunk);
    if (chunk.first_tick > tick || chunk.last_tick < tick) continue;
    const records = new RecordChunk(chunk.bytes);
    const end = records.lowerBound(tick + 1);
    for (let at = records.lowerBound(tick); at < end; at++) {
      texts[chunk.kind as TickKind].push(records.text(at));
    }
  }
  for (const entry of entries) {
    const made = tallies.get(entry.kind)!.finish();
    if (made.digest !== entry.digest || made.records !== entry.records) throw mismatch(record, entry);
  }
  return texts;
}

function noTexts(): Record<TickKind, string[]> {
  return { loom_i_blocks: [], loom_chain: [], nap_envelopes: [] };
}

export function isTickKind(kind: ArtefactKind | string): kind is TickKind {
  return (TICK_KINDS as readonly string[]).includes(kind);
}
