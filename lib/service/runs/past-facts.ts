import { AetherError } from '../../base/errors.js';
import type { RunView } from '../../inspect/index.js';
import type { PillarFacts } from './pillar-cards.js';

/** Maximum number of window manifests that are summed for a card. */
const MANIFEST_LIMIT = 50_000;

/** Facts about the pillars of a stored run. Damaged artefacts leave gaps instead of failing the card. */
export async function pastFacts(view: RunView): Promise<PillarFacts> {
  const { record } = view;
  const inputs = await attempt(() => view.inputs());
  const records = (kind: string): number | null =>
    record.artefacts.find((entry) => entry.kind === kind)?.records ?? null;
  return {
    over: true,
    ticks: record.ticks_completed,
    ticks_total: record.ticks_total,
    envelopes: envelopesOf(record.metrics, records('nap_envelopes')),
    windows_closed: records('apx_manifests'),
    windows: inputs?.run.windows.length ?? null,
    total_bits: (await attempt(() => totalBits(view, records('apx_manifests')))) ?? null,
    umx: (await attempt(() => lastState(view))) ?? null,
    edges: inputs?.topology.edges.length ?? null,
    height: records('loom_p_blocks'),
    i_blocks: record.loom.i_blocks,
    tip: record.loom.tip,
    motifs: records('codex_motifs'),
    proposals: records('codex_proposals'),
    approved: (await attempt(() => approvedProposals(view))) ?? null,
    governance_mode: inputs?.governance.governance_mode ?? null,
  };
}

async function attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AetherError) return undefined;
    throw error;
  }
}

function envelopesOf(metrics: unknown, total: number | null): PillarFacts['envelopes'] {
  if (typeof metrics === 'object' && metrics !== null && !Array.isArray(metrics)) {
    const of = (name: string): number => Number((metrics as Record<string, unknown>)[name] ?? 0);
    return {
      total: of('nap_total'),
      ingress: of('nap_ingress'),
      data: of('nap_data'),
      egress: of('nap_egress'),
    };
  }
  return total === null ? null : { total, ingress: null, data: null, egress: null };
}

/** Null for a run without governance. */
async function approvedProposals(view: RunView): Promise<number | null> {
  for await (const { approved } of view.records('governance')) return approved;
  return null;
}

async function totalBits(view: RunView, manifests: number | null): Promise<number | null> {
  if (manifests === null || manifests > MANIFEST_LIMIT) return null;
  let bits = 0;
  for await (const manifest of view.records('apx_manifests')) {
    for (const { L_total } of manifest.streams) bits += L_total;
  }
  return bits;
}

async function lastState(view: RunView): Promise<PillarFacts['umx']> {
  const ledger = await view.ledger(view.record.ticks_completed);
  if (!ledger.ok) return null;
  const { sum_post_u, post_u, edges } = ledger.value;
  const fluxes = edges.map(({ f_e }) => Math.abs(f_e));
  return {
    sum_u: sum_post_u,
    max_abs_u: post_u.reduce((max, u) => Math.max(max, Math.abs(u)), 0),
    sum_abs_flux: fluxes.reduce((sum, flux) => sum + flux, 0),
    active_edges: fluxes.filter((flux) => flux > 0).length,
  };
}
