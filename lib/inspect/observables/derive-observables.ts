import { pressObservables, type ClosedManifest, type RunObservables } from '../../base/observables.js';
import type { RunId } from '../../base/run-id.js';
import type { CodexProposal } from '../../engine/codex/records.js';
import type { PBlock } from '../../engine/loom/records.js';
import type { TickLedger } from '../../engine/umx/records.js';
import type { ArtefactReader } from '../../store/port.js';
import { unlessDamaged } from '../../store/unless-damaged.js';
import { RunArtefacts } from '../artefacts/run-artefacts.js';
import { ledgerObservables, settledAt } from './ledger-observables.js';

/**
 * The observables of a run whose record has none, derived from its artefacts: those of a full run are read
 * once, the ticks of a compact one are computed again. Null for a run without a completed tick, or without
 * artefacts.
 *
 * @throws AetherError STORE_BLOB_*, RUN_ARTEFACT_CORRUPT, REPLAY_MISMATCH
 */
export async function deriveObservables(store: ArtefactReader, id: RunId): Promise<RunObservables | null> {
  const record = await unlessDamaged(store.run(id));
  if (record === undefined || record.ticks_completed === 0) return null;
  const artefacts = new RunArtefacts(store, record);
  const last = (await artefacts.first('umx_ledger', record.ticks_completed)) as unknown as
    TickLedger | undefined;
  if (last === undefined) return null;
  const { run } = await artefacts.inputs();
  const closed = await collect<ClosedManifest>(artefacts.lines('apx_manifests', 0, Infinity));
  const flux = await fluxFacts(artefacts);
  return {
    ...ledgerObservables(last),
    settled_at: settledAt(flux.last, record.ticks_completed),
    C_T: flux.C_T,
    ...pressObservables(closed, run.primary_window_id, Infinity),
    ...(await codexFacts(artefacts)),
  };
}

/** Bits of every window and stream, for a record that omits them because there are too many. */
export async function derivePress(store: ArtefactReader, id: RunId): Promise<RunObservables['press']> {
  const record = await unlessDamaged(store.run(id));
  if (record === undefined) return null;
  const lines = new RunArtefacts(store, record).lines('apx_manifests', 0, Infinity);
  return pressObservables(await collect<ClosedManifest>(lines), '', Infinity).press;
}

/** The last tick with flux, 0 if there is none, and the chain value of the last tick. */
async function fluxFacts(artefacts: RunArtefacts): Promise<{ readonly last: number; readonly C_T: number }> {
  let [last, C_T] = [0, 0];
  for await (const line of artefacts.lines('loom_p_blocks', 1, Infinity)) {
    const block = JSON.parse(line) as PBlock;
    if (block.edge_flux_summary.some(({ f_e }) => f_e !== 0)) last = block.tick;
    C_T = block.C_t;
  }
  return { last, C_T };
}

async function codexFacts(
  artefacts: RunArtefacts,
): Promise<Pick<RunObservables, 'codex_motifs' | 'proposals_accepted'>> {
  const motifs = artefacts.entry('codex_motifs');
  const isWhole = artefacts.record.state === 'completed';
  if (motifs === undefined || !isWhole) return { codex_motifs: null, proposals_accepted: null };
  let accepted = 0;
  for await (const line of artefacts.lines('codex_proposals', 0, Infinity)) {
    if ((JSON.parse(line) as CodexProposal).status === 'ACCEPTED') accepted++;
  }
  return { codex_motifs: motifs.records, proposals_accepted: accepted };
}

async function collect<T>(lines: AsyncIterable<string>): Promise<readonly T[]> {
  const records: T[] = [];
  for await (const line of lines) records.push(JSON.parse(line) as T);
  return records;
}
