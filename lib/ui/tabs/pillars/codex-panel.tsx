import { useMemo, type JSX } from 'react';
import { Link } from 'react-router';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import type { PanelProps } from './panel-props.js';
import { RecordGap, whyMissing } from './record-gap.js';
import type { Motif, Proposal } from '../../../service/wire/index.js';
import { isLive, useAllRecords } from './run-records.js';
import { shownNumber } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { Pager } from './pager.js';
import { usePageStart } from './address.js';
import { VirtualTable, type Column } from './virtual-table.js';

/** Motifs and proposals of the Codex, and the decisions of governance. */
export function CodexPanel({ run, card }: PanelProps): JSX.Element {
  const motifs = useAllRecords<Motif>(run, '/motifs');
  const proposals = useAllRecords<Proposal>(run, '/proposals');
  const mode = card?.governance_mode;
  if (!isLive(run) && motifs.data?.length === 0 && proposals.data?.length === 0) {
    return (
      <Card title="Codex">
        <EmptyState title="The Codex learnt no motifs in this run">
          <p>{whyNothing(mode, run.state === 'completed' ? '' : whyMissing(run))}</p>
          <p>
            It learns under every governance mode but OFF: <code>enable_codex: true</code> in a run’s
            documents asks for one, and so does a mode set under{' '}
            <Link to="/governance">Governance &amp; Budgets</Link>.
          </p>
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <Card title="Motifs">
        {motifs.data === undefined ? (
          <RecordGap run={run} result={motifs} what="motifs" lines={12} />
        ) : (
          <MotifTable motifs={motifs.data} />
        )}
      </Card>
      <Card
        title="Proposals"
        actions={mode !== undefined && <span className="muted">governance {mode}</span>}
      >
        {proposals.data === undefined ? (
          <RecordGap run={run} result={proposals} what="proposals" lines={12} />
        ) : (
          <ProposalTable proposals={proposals.data} />
        )}
      </Card>
    </>
  );
}

function whyNothing(mode: string | undefined, ended: string): string {
  if (mode === 'OFF') return 'Governance was OFF, and without governance the Codex does not run.';
  return ended === '' ? 'It was not enabled, or found no motif.' : ended;
}

const PAGE = 20;

/** Proposals of the Codex, with their verdicts and reasons. */
function ProposalTable({ proposals }: { readonly proposals: readonly Proposal[] }): JSX.Element {
  const [from, goTo] = usePageStart(PAGE, proposals.length);
  const accepted = proposals.filter(({ status }) => status === 'ACCEPTED').length;
  return (
    <>
      <p className="pillars-facts">
        <span>{shownNumber(accepted)} accepted</span>
        <span>{shownNumber(proposals.length - accepted)} rejected</span>
      </p>
      <ScrollTable
        label="Proposals and verdicts"
        table={{ className: 'pillars-proposals' }}
        columns={[
          'proposal',
          'motif',
          'action',
          'edges',
          { number: 'saves' },
          'verdict',
          'governance',
          'why',
        ]}
      >
        {proposals.slice(from - 1, from - 1 + PAGE).map((proposal) => (
          <ProposalRow key={proposal.proposal_id} proposal={proposal} />
        ))}
      </ScrollTable>
      <Pager what="proposals" from={from} size={PAGE} total={proposals.length} onGo={goTo} />
      {proposals.length > PAGE && <HowMany count={proposals.length} what="proposals" />}
    </>
  );
}

function ProposalRow({ proposal }: { readonly proposal: Proposal }): JSX.Element {
  const { violated_policies, governance_notes } = proposal;
  const reasons = [...violated_policies, ...(governance_notes.notes ?? [])];
  return (
    <tr>
      <td>{proposal.proposal_id}</td>
      <td>{proposal.motif_id}</td>
      <td>{proposal.action}</td>
      <td>{shownList(proposal.target_location.edge_ids)}</td>
      <td className="number">{shownNumber(-proposal.expected_effect.delta_L_total)}</td>
      <td>
        <WordPill word={proposal.status} />
      </td>
      <td>{proposal.governance_status}</td>
      <td className="pillars-why">{reasons.length === 0 ? '–' : reasons.join('; ')}</td>
    </tr>
  );
}

/** Maximum number returned by the service. */
const MOST_LEARNT = 1000;
/** Maximum of listed members of a signature. */
const MOST_MEMBERS = 12;

/** The learnt patterns, with their counts and savings. */
function MotifTable({ motifs }: { readonly motifs: readonly Motif[] }): JSX.Element {
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

function HowMany({ count, what }: { readonly count: number; readonly what: string }): JSX.Element {
  return (
    <p className="muted pillars-count">
      {count === MOST_LEARNT
        ? `The first ${shownNumber(MOST_LEARNT)} of at least ${shownNumber(MOST_LEARNT)} ${what}; an export has all.`
        : `${shownNumber(count)} ${what}`}
    </p>
  );
}

function shownList(values: readonly number[]): JSX.Element {
  const left = values.length - MOST_MEMBERS;
  const text = values.slice(0, MOST_MEMBERS).join(' ');
  return <span className="mono">{left > 0 ? `${text} … ${left} more` : text}</span>;
}
