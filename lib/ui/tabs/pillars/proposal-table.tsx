import type { JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';
import { HowMany, shownList } from './motif-table.js';
import { Pager } from './pager.js';
import { usePageStart } from './page-start.js';
import type { Proposal } from '../../../service/wire/index.js';

const PAGE = 20;

/** Proposals of the Codex, with their verdicts and reasons. */
export function ProposalTable({ proposals }: { readonly proposals: readonly Proposal[] }): JSX.Element {
  const [from, goTo] = usePageStart(PAGE, proposals.length);
  const accepted = proposals.filter(({ status }) => status === 'ACCEPTED').length;
  return (
    <>
      <p className="pillars-facts">
        <span>{shownNumber(accepted)} accepted</span>
        <span>{shownNumber(proposals.length - accepted)} rejected</span>
      </p>
      <div className="table-scroll" role="region" aria-label="Proposals and verdicts" tabIndex={0}>
        <table className="pillars-proposals">
          <thead>
            <tr>
              <th scope="col">proposal</th>
              <th scope="col">motif</th>
              <th scope="col">action</th>
              <th scope="col">edges</th>
              <th scope="col" className="number">
                saves
              </th>
              <th scope="col">verdict</th>
              <th scope="col">governance</th>
              <th scope="col">why</th>
            </tr>
          </thead>
          <tbody>
            {proposals.slice(from - 1, from - 1 + PAGE).map((proposal) => (
              <ProposalRow key={proposal.proposal_id} proposal={proposal} />
            ))}
          </tbody>
        </table>
      </div>
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
