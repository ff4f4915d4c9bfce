import type { JSX } from 'react';
import { Link } from 'react-router';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { MotifTable } from './motif-table.js';
import type { PanelProps } from './panel-props.js';
import { ProposalTable } from './proposal-table.js';
import { RecordGap, whyMissing } from './record-gap.js';
import type { Motif, Proposal } from '../../../service/wire/index.js';
import { isLive, useAllRecords } from './run-records.js';

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
