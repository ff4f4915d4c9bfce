import { useMemo, type JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';
import type { Motif } from '../../../service/wire/index.js';
import { VirtualTable, type Column } from './virtual-table.js';

/** Maximum number returned by the service. */
const MOST_LEARNT = 1000;
/** Maximum of listed members of a signature. */
const MOST_MEMBERS = 12;

/** The learnt patterns, with their counts and savings. */
export function MotifTable({ motifs }: { readonly motifs: readonly Motif[] }): JSX.Element {
  const columns = useMemo<readonly Column<Motif>[]>(
    () => [
      { name: 'motif', cell: ({ motif_id }) => motif_id },
      { name: 'edges', cell: ({ pattern_descriptor }) => shownList(pattern_descriptor.edge_ids) },
      { name: 'du', cell: ({ pattern_descriptor }) => shownList(pattern_descriptor.du_signature) },
      { name: 'f_e', cell: ({ pattern_descriptor }) => shownList(pattern_descriptor.f_e_signature) },
      { name: 'uses', isNumber: true, cell: ({ usage_stats }) => shownNumber(usage_stats.usage_count) },
      {
        name: 'ticks',
        isNumber: true,
        cell: ({ usage_stats: { first_tick, last_tick } }) => `${first_tick}–${last_tick}`,
      },
      { name: 'L_total', isNumber: true, cell: ({ mdl_stats }) => shownNumber(mdl_stats.L_total) },
      { name: 'saves', isNumber: true, cell: ({ mdl_stats }) => shownNumber(-mdl_stats.delta_vs_baseline) },
    ],
    [],
  );
  return (
    <>
      <VirtualTable label="Motifs learnt" columns={columns} rows={motifs} />
      <HowMany count={motifs.length} what="motifs" />
    </>
  );
}

export function HowMany({ count, what }: { readonly count: number; readonly what: string }): JSX.Element {
  return (
    <p className="muted pillars-count">
      {count === MOST_LEARNT
        ? `The first ${shownNumber(MOST_LEARNT)} of at least ${shownNumber(MOST_LEARNT)} ${what}; an export has all.`
        : `${shownNumber(count)} ${what}`}
    </p>
  );
}

export function shownList(values: readonly number[]): JSX.Element {
  const left = values.length - MOST_MEMBERS;
  const text = values.slice(0, MOST_MEMBERS).join(' ');
  return <span className="mono">{left > 0 ? `${text} … ${left} more` : text}</span>;
}
