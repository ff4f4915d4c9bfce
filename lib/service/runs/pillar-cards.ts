import type { LiveSummary } from '../live/live-board.js';
import type { PillarId, PillarState, PillarStatus } from '../wire/pillar.js';

/** What the cards are made of; null where nothing was measured. */
export interface PillarFacts {
  readonly ticks: number;
  readonly ticks_total: number;
  readonly envelopes: {
    readonly total: number;
    readonly ingress: number;
    readonly data: number;
    readonly egress: number;
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

/** The facts a live board and the run's documents give. */
export function liveFacts(
  board: LiveSummary,
  run: {
    readonly ticks: number;
    readonly ticks_total: number;
    readonly windows: number;
    readonly edges: number;
    readonly W: number;
    readonly governance_mode: string;
  },
): PillarFacts {
  const { sum_u, max_abs_u, sum_abs_flux, active_edges, windows_closed, ingress, data, egress } = board;
  const has = board.tick > 0;
  return {
    ticks: run.ticks,
    ticks_total: run.ticks_total,
    envelopes: has ? { total: board.envelopes, ingress, data, egress } : null,
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

/** Cards when there is no run to speak of. */
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

/** What a card says of numbers that there are none of. */
function missing(what: string, ticks: number): string {
  return ticks === 0 ? `no ${what} yet` : `${what}s were not kept`;
}

function aetherCard(status: PillarState, { ticks, ticks_total, envelopes }: PillarFacts): PillarStatus {
  const secondary =
    envelopes === null
      ? missing('envelope', ticks)
      : `${counted(envelopes.total, 'envelope')}, ${count(envelopes.data)} DATA`;
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
  const { windows_closed, windows, total_bits, ticks } = facts;
  const bits_per_tick =
    total_bits === null || ticks === 0 ? null : Math.round((total_bits / ticks) * 100) / 100;
  const secondary =
    total_bits === null
      ? 'bits are counted at the end'
      : `${count(total_bits)} bits, ${String(bits_per_tick ?? 0)} per tick`;
  const headline = `${count(windows_closed ?? 0)} of ${count(windows ?? 0)} windows`;
  const metrics = { windows_closed, windows, total_bits, bits_per_tick };
  return card('press', status, { headline, secondary, metrics });
}

function umxCard(status: PillarState, { umx, edges, ticks }: PillarFacts): PillarStatus {
  if (umx === null) {
    const secondary = counted(edges ?? 0, 'edge');
    return card('umx', status, { headline: missing('tick', ticks), secondary, metrics: { edges } });
  }
  const { sum_u, max_abs_u, sum_abs_flux, active_edges } = umx;
  const headline = `sum ${count(sum_u)}`;
  const secondary = `max |u| ${count(max_abs_u)}, flux ${count(sum_abs_flux)}`;
  const made = card('umx', status, { headline, secondary, metrics: { ...umx, edges } });
  return { ...made, load: edges === null || edges === 0 ? 0 : Math.min(1, active_edges / edges) };
}

function loomCard(status: PillarState, { height, i_blocks, tip }: PillarFacts): PillarStatus {
  const headline = `height ${count(height ?? 0)}`;
  const secondary = `${counted(i_blocks ?? 0, 'I-block')}${tip === null ? '' : `, tip ${tip.slice(0, 12)}`}`;
  return card('loom', status, { headline, secondary, metrics: { height, i_blocks, tip } });
}

function codexCard(status: PillarState, facts: PillarFacts): PillarStatus {
  const { motifs, proposals, approved, governance_mode } = facts;
  const isOff = governance_mode === 'OFF';
  const headline = isOff ? 'off' : motifs === null ? 'learns at the end' : counted(motifs, 'motif');
  const secondary =
    proposals === null ? '' : `${counted(proposals, 'proposal')}, ${count(approved ?? 0)} approved`;
  const made = card('codex', status, { headline, secondary, metrics: { motifs, proposals, approved } });
  return governance_mode === null ? made : { ...made, governance_mode };
}

/** A number in groups of three digits, the same in every locale. */
function count(value: number): string {
  const digits = String(Math.abs(value));
  return `${value < 0 ? '-' : ''}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}`;
}

function counted(value: number, what: string): string {
  return `${count(value)} ${what}${value === 1 ? '' : 's'}`;
}
