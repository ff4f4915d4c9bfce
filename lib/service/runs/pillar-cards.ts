import type { LiveSummary } from '../live/live-memory.js';
import type { PillarId, PillarState, PillarStatus } from '../wire/pillar.js';

/** Data of the cards; null if nothing was measured. */
export interface PillarFacts {
  /** True for a run that has ended: unknown facts stay unknown. */
  readonly over: boolean;
  readonly ticks: number;
  readonly ticks_total: number;
  readonly envelopes: {
    readonly total: number;
    readonly ingress: number | null;
    readonly data: number | null;
    readonly egress: number | null;
  } | null;
  readonly windows_closed: number | null;
  readonly windows: number | null;
  readonly total_bits: number | null;
  readonly umx: {
    readonly sum_u: number;
    readonly max_abs_u: number;
    readonly sum_abs_flux: number;
    readonly active_edges: number;
  } | null;
  readonly edges: number | null;
  readonly height: number | null;
  readonly i_blocks: number | null;
  readonly tip: string | null;
  readonly motifs: number | null;
  readonly proposals: number | null;
  readonly approved: number | null;
  readonly governance_mode: string | null;
}

const NAMES: Readonly<Record<PillarId, string>> = {
  aether: 'Aether',
  press: 'Press',
  umx: 'UMX',
  loom: 'Loom',
  codex: 'Codex',
};

/** Facts from the live memory and the documents of a run. */
export function liveFacts(
  live: LiveSummary,
  run: {
    readonly over: boolean;
    readonly ticks: number;
    readonly ticks_total: number;
    readonly windows: number;
    readonly edges: number;
    readonly W: number;
    readonly governance_mode: string;
  },
): PillarFacts {
  const { sum_u, max_abs_u, sum_abs_flux, active_edges, windows_closed, ingress, data, egress } = live;
  const has = live.tick > 0;
  return {
    over: run.over,
    ticks: run.ticks,
    ticks_total: run.ticks_total,
    envelopes: has ? { total: live.envelopes, ingress, data, egress } : null,
    windows_closed,
    windows: run.windows,
    total_bits: null,
    umx: has ? { sum_u, max_abs_u, sum_abs_flux, active_edges } : null,
    edges: run.edges,
    height: run.ticks,
    i_blocks: Math.floor(run.ticks / run.W),
    tip: null,
    motifs: null,
    proposals: null,
    approved: null,
    governance_mode: run.governance_mode,
  };
}

/** Cards without a run. */
export function idleCards(): PillarStatus[] {
  return Object.entries(NAMES).map(([pillar_id, name]) => ({
    pillar_id: pillar_id as PillarId,
    name,
    status: 'idle',
  }));
}

/** The five cards of a run. */
export function pillarCards(status: PillarState, facts: PillarFacts | null): PillarStatus[] {
  if (facts === null) {
    return Object.entries(NAMES).map(([pillar_id, name]) => ({
      pillar_id: pillar_id as PillarId,
      name,
      status,
    }));
  }
  return [
    aetherCard(status, facts),
    pressCard(status, facts),
    umxCard(status, facts),
    loomCard(status, facts),
    codexCard(status, facts),
  ];
}

type Numbers = Readonly<Record<string, number | string | null>>;

interface CardTexts {
  readonly headline: string;
  readonly secondary: string;
  readonly metrics: Numbers;
}

function card(id: PillarId, status: PillarState, { headline, secondary, metrics }: CardTexts): PillarStatus {
  return {
    pillar_id: id,
    name: NAMES[id],
    status,
    headline_metric: headline,
    secondary_metric: secondary,
    metrics,
  };
}

function aetherCard(status: PillarState, { over, ticks, ticks_total, envelopes }: PillarFacts): PillarStatus {
  const secondary =
    envelopes === null
      ? over
        ? 'its envelopes are not stored'
        : 'no envelopes yet'
      : `${counted(envelopes.total, 'envelope')}${envelopes.data === null ? '' : `, ${count(envelopes.data)} DATA`}`;
  const metrics = {
    ticks,
    ticks_total,
    ...(envelopes === null
      ? {}
      : {
          envelopes: envelopes.total,
          envelopes_ingress: envelopes.ingress,
          envelopes_data: envelopes.data,
          envelopes_egress: envelopes.egress,
        }),
  };
  const headline = `${count(ticks)} of ${count(ticks_total)} ticks`;
  const load = ticks_total === 0 ? 0 : Math.min(1, ticks / ticks_total);
  return { ...card('aether', status, { headline, secondary, metrics }), load };
}

function pressCard(status: PillarState, facts: PillarFacts): PillarStatus {
  const { over, windows_closed, windows, total_bits, ticks } = facts;
  const bits_per_tick =
    total_bits === null || ticks === 0 ? null : Math.round((total_bits / ticks) * 100) / 100;
  const secondary =
    total_bits === null
      ? over
        ? 'its bits are not known'
        : 'bits are counted at the end'
      : `${count(total_bits)} bits, ${String(bits_per_tick ?? 0)} per tick`;
  const headline =
    windows_closed === null
      ? 'its windows are not recorded'
      : windows === null
        ? `${counted(windows_closed, 'window')} closed`
        : `${count(windows_closed)} of ${count(windows)} windows`;
  const metrics = { windows_closed, windows, total_bits, bits_per_tick };
  return card('press', status, { headline, secondary, metrics });
}

function umxCard(status: PillarState, { over, ticks, umx, edges }: PillarFacts): PillarStatus {
  if (umx === null) {
    const headline = !over
      ? 'no tick yet'
      : ticks === 0
        ? 'no tick was computed'
        : 'its ticks are not stored';
    const secondary = edges === null ? '' : counted(edges, 'edge');
    return card('umx', status, { headline, secondary, metrics: { edges } });
  }
  const { sum_u, max_abs_u, sum_abs_flux, active_edges } = umx;
  const headline = `sum ${count(sum_u)}`;
  const secondary = `max |u| ${count(max_abs_u)}, flux ${count(sum_abs_flux)}`;
  const made = card('umx', status, { headline, secondary, metrics: { ...umx, edges } });
  return { ...made, load: edges === null || edges === 0 ? 0 : Math.min(1, active_edges / edges) };
}

function loomCard(status: PillarState, { height, i_blocks, tip }: PillarFacts): PillarStatus {
  if (height === null) {
    const metrics = { height, i_blocks, tip };
    return card('loom', status, { headline: 'its chain is not recorded', secondary: '', metrics });
  }
  const headline = `height ${count(height)}`;
  const secondary = `${counted(i_blocks ?? 0, 'I-block')}${tip === null ? '' : `, tip ${tip.slice(0, 12)}`}`;
  return card('loom', status, { headline, secondary, metrics: { height, i_blocks, tip } });
}

function codexCard(status: PillarState, facts: PillarFacts): PillarStatus {
  const { over, motifs, proposals, approved, governance_mode } = facts;
  const isOff = governance_mode === 'OFF';
  const headline = isOff ? 'off' : motifs === null ? unlearnt(over) : counted(motifs, 'motif');
  const secondary =
    proposals === null ? '' : `${counted(proposals, 'proposal')}, ${count(approved ?? 0)} approved`;
  const made = card('codex', status, { headline, secondary, metrics: { motifs, proposals, approved } });
  return governance_mode === null ? made : { ...made, governance_mode };
}

function unlearnt(over: boolean): string {
  return over ? 'no motifs are recorded' : 'learns at the end';
}

/** A number in groups of three digits, independent of the locale. */
function count(value: number): string {
  const digits = String(Math.abs(value));
  return `${value < 0 ? '-' : ''}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}`;
}

function counted(value: number, what: string): string {
  return `${count(value)} ${what}${value === 1 ? '' : 's'}`;
}
