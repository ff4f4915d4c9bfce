import { pressObservables, type ClosedManifest } from '../../base/observables.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { CodexProposal } from '../../engine/codex/records.js';
import type { PBlock } from '../../engine/loom/records.js';
import type { TickLedger } from '../../engine/umx/records.js';
import type { RunEvidence } from '../../store/evidence.js';
import type { ArtefactEntry, RunRecord } from '../../store/record-types.js';
import { ledgerObservables, settledAt } from '../observables/ledger-observables.js';
import { unlessMisshapen } from './unless-misshapen.js';
import type { KnownObservables } from './wrong-observables.js';

/**
 * The observables derived from stored bytes. Only the blocks from the recorded `settled_at` on are read; all
 * of them if it is wrong.
 */
export async function observablesEvidence(
  run: RunRecord,
  evidence: RunEvidence,
  inputs: RunInputs,
): Promise<KnownObservables> {
  const entry = (kind: string): ArtefactEntry | undefined =>
    run.artefacts.find((artefact) => artefact.kind === kind);
  const last = <T extends { readonly tick: number }>(kind: string): Promise<T | undefined> =>
    lastRecord<T>(entry(kind), evidence, run.ticks_completed);
  const ledger = await last<TickLedger>('umx_ledger');
  const block = (await last<PBlock>('loom_p_blocks')) ?? (await last<PBlock>('u_ledger'));
  const manifests = await records<ClosedManifest>(entry('apx_manifests'), evidence);
  const proposals = await records<CodexProposal | null>(entry('codex_proposals'), evidence);
  const primary = inputs.run.primary_window_id;
  const press = manifests && unlessMisshapen(() => pressObservables(manifests, primary));
  const accepted = proposals?.filter((proposal) => proposal?.status === 'ACCEPTED').length;
  const motifs = run.state === 'completed' ? entry('codex_motifs')?.records : undefined;
  const settled = await settledEvidence(run, entry('loom_p_blocks'), evidence);
  return {
    ...(ledger !== undefined && unlessMisshapen(() => ledgerObservables(ledger))),
    ...(block !== undefined && { C_T: block.C_t }),
    ...press,
    ...(motifs !== undefined && { codex_motifs: motifs }),
    ...(motifs !== undefined && accepted !== undefined && { proposals_accepted: accepted }),
    ...(settled !== undefined && { settled_at: settled }),
  };
}

/** The last record of an artefact, if it is that of the last tick. */
async function lastRecord<T extends { readonly tick: number }>(
  entry: ArtefactEntry | undefined,
  evidence: RunEvidence,
  tick: number,
): Promise<T | undefined> {
  const bytes = entry === undefined ? undefined : await evidence.last(entry);
  const record = bytes === undefined ? undefined : parsed<T>(linesOf(bytes).at(-1) ?? '');
  return record?.tick === tick ? record : undefined;
}

/** All records of an artefact; undefined if it is missing or incomplete. */
async function records<T>(
  entry: ArtefactEntry | undefined,
  evidence: RunEvidence,
): Promise<readonly T[] | undefined> {
  if (entry?.stored !== true) return undefined;
  const bytes = entry.size === 0 ? new Uint8Array() : await evidence.whole(entry);
  const list = bytes === undefined ? [undefined] : linesOf(bytes).map((line) => parsed<T>(line));
  return list.every((record) => record !== undefined) ? list : undefined;
}

function linesOf(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').trimEnd();
  return text === '' ? [] : text.split('\n');
}

function parsed<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}

/** `settled_at` derived from the blocks; undefined if the needed ones cannot be read. */
async function settledEvidence(
  { observables, ticks_completed }: RunRecord,
  entry: ArtefactEntry | undefined,
  evidence: RunEvidence,
): Promise<number | null | undefined> {
  if (entry?.stored !== true || entry.chunks.at(-1)?.last_tick !== ticks_completed) return undefined;
  const claimed = observables?.settled_at ?? ticks_completed;
  const start = entry.chunks.findIndex(({ last_tick }) => last_tick >= claimed);
  for (const chunk of start > 0 ? [start, 0] : [0]) {
    const flux = await lastFlux(evidence.from(entry, chunk));
    if (flux === undefined) return undefined;
    if (flux > 0 || chunk === 0) return settledAt(flux, ticks_completed);
  }
  return undefined;
}

const HAS_FLUX = /"f_e":-?[1-9]/;

/** The tick of the last block with flux, 0 if none has; undefined if bytes are missing. */
async function lastFlux(pieces: AsyncIterable<Uint8Array | undefined>): Promise<number | undefined> {
  let rest = '';
  let last = '';
  for await (const piece of pieces) {
    if (piece === undefined) return undefined;
    const lines =
      `${rest}${Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1')}`.split('\n');
    rest = lines.pop()!;
    last = lines.findLast((line) => HAS_FLUX.test(line)) ?? last;
  }
  if (last === '') return 0;
  return parsed<PBlock>(last)?.tick;
}
