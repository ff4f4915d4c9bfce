import { canonicalJson } from '../../../base/canonical-json.js';
import { clipped } from '../../../batch/report/table.js';
import type { NapEnvelope } from '../../../engine/gate/records.js';
import type { EnvelopeFilter, RunView } from '../../../inspect/run-view.js';
import { foundOr } from '../../command-error.js';
import { sectionLines, type Page } from '../../inspect/facts.js';
import type { Shown } from './shown.js';

export const ENVELOPE_TITLES = [
  '>tick',
  '>seq',
  'layer',
  'mode',
  '>payload ref',
  '>prev chain',
  'meta',
] as const;

/** Maximum characters of the meta of an envelope. */
const META_WIDTH = 60;

/** One row per envelope. */
export function envelopeRows(envelopes: readonly NapEnvelope[]): string[][] {
  return envelopes.map(({ tick, seq, layer, mode, payload_ref, prev_chain, meta }) => [
    String(tick),
    String(seq),
    layer,
    mode,
    String(payload_ref),
    String(prev_chain),
    clipped(canonicalJson(meta), META_WIDTH),
  ]);
}

/** Envelopes of a layer. */
export async function showEnvelopes(run: RunView, filter: EnvelopeFilter, page: Page): Promise<Shown> {
  const envelopes = foundOr(await run.envelopes(filter));
  const heading = `Envelopes of ${run.record.name}, layer ${filter.layer ?? 'any'}`;
  const [, ...lines] = sectionLines(heading, ENVELOPE_TITLES, envelopeRows(envelopes), page);
  return { json: envelopes, lines: envelopes.length === 0 ? [...lines.slice(0, 1), 'none'] : lines };
}
