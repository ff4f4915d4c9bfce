import { countText } from '../../../base/quantity.js';
import type { NapEnvelope } from '../../../engine/gate/records.js';
import type { TickLedger } from '../../../engine/umx/records.js';
import type { AppliedEvent } from '../../../session/record-schemas.js';
import type { Lookup } from '../../../inspect/find/lookup.js';
import type { RunView } from '../../../inspect/run-view.js';
import { foundOr } from '../../command-error.js';
import { factLines, sectionLines, type Page } from '../../inspect/facts.js';
import type { Shown } from './shown.js';
import { envelopeRows, ENVELOPE_TITLES } from './show-envelopes.js';

/** All records of one tick. Records that a run lacks because it ended early are omitted. */
export async function showTick(run: RunView, tick: number, page: Page): Promise<Shown> {
  const ledger = foundOr(await run.ledger(tick));
  const pBlock = orNull(await run.pBlock(tick));
  const iBlock = orNull(await run.iBlock(tick));
  const links = orNull(await run.links(tick)) ?? [];
  const envelopes = orNull(await run.envelopes({ tick })) ?? [];
  const entry = orNull(await run.uEntry(tick));
  const events = await run.events(tick);
  const aeon = orNull(await run.aeon())?.covering(tick) ?? null;
  const facts: [string, string][] = [
    ['run', run.record.id],
    ['tick', `${countText(tick)} of ${countText(run.record.ticks_completed)}`],
    ['sum of state', `${countText(ledger.sum_pre_u)} before and after`],
  ];
  if (pBlock !== null) facts.push(['s_t, C_t', `${String(pBlock.s_t)}, ${String(pBlock.C_t)}`]);
  if (entry !== null)
    facts.push(['window', `${entry.window_id}, manifest check ${String(entry.manifest_check)}`]);
  if (ledger.policy_notes.length > 0) facts.push(['notes', ledger.policy_notes.join(', ')]);
  if (aeon !== null) facts.push(['AEON windows', aeon.length === 0 ? 'none' : aeon.join(', ')]);
  for (const { block, link_hash } of links) facts.push([`${block}-link`, link_hash]);
  for (const { merkle_root } of links)
    if (merkle_root !== undefined) facts.push(['merkle root', merkle_root]);
  if (entry !== null) {
    facts.push(['ledger hash', entry.umx_ledger_hash], ['previous entry', entry.prev_entry_hash ?? 'none']);
  }
  const json = {
    tick,
    ledger,
    p_block: pBlock,
    i_block: iBlock,
    links,
    envelopes,
    u_entry: entry,
    events,
    aeon,
  };
  return {
    json,
    lines: [
      ...factLines(facts),
      ...eventLines(events, page),
      ...stateLines(ledger, page),
      ...edgeLines(ledger, page),
      ...envelopeLines(envelopes, page),
    ],
  };
}

function eventLines(events: readonly AppliedEvent[], page: Page): string[] {
  if (events.length === 0) return [];
  const rows = events.map(({ event_id, op_type, payload }) => [event_id, op_type, JSON.stringify(payload)]);
  return sectionLines('Structural events before the step', ['event', 'operation', 'payload'], rows, page);
}

function stateLines({ pre_u, post_u }: TickLedger, page: Page): string[] {
  const rows = pre_u.map((before, n) => {
    const after = post_u[n]!;
    return [String(n + 1), countSigned(before), countSigned(after), signed(after - before)];
  });
  return sectionLines('State', ['>node', '>before', '>after', '>change'], rows, page);
}

function edgeLines({ edges }: TickLedger, page: Page): string[] {
  const rows = edges.map(({ e_id, i, j, du, raw, cap, f_e }) => [
    String(e_id),
    `${String(i)}-${String(j)}`,
    countSigned(du),
    countSigned(raw),
    countSigned(cap),
    signed(f_e),
  ]);
  return sectionLines('Fluxes', ['>edge', 'nodes', '>du', '>raw', '>cap', '>f_e'], rows, page);
}

function envelopeLines(envelopes: readonly NapEnvelope[], page: Page): string[] {
  return sectionLines('Envelopes', ENVELOPE_TITLES, envelopeRows(envelopes), page);
}

function countSigned(value: number): string {
  return value < 0 ? `-${countText(-value)}` : countText(value);
}

function signed(value: number): string {
  return value > 0 ? `+${countText(value)}` : countSigned(value);
}

function orNull<T>(lookup: Lookup<T>): T | null {
  return lookup.ok ? lookup.value : null;
}
