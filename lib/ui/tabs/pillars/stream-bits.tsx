import type { JSX } from 'react';
import { shownNumber } from '../../parts/numbers.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import type { ApxCandidates, ApxStream, Candidate } from '../../../service/wire/index.js';

type Weighed = ApxCandidates['streams'][number];

/** A stream of a window: the chosen scheme, its bits, and the bits of the others. */
export function StreamBits({
  stream,
  weighed,
}: {
  readonly stream: ApxStream;
  /** Undefined if only the manifest is stored. */
  readonly weighed: Weighed | undefined;
}): JSX.Element {
  const { stream_id, description, L_model, L_residual, L_total } = stream;
  const shown: readonly Candidate[] = weighed?.candidates ?? [stream];
  const most = shown.reduce((found, candidate) => Math.max(found, Number(candidate.L_total)), 1);
  const least = shown.reduce((found, candidate) => Math.min(found, Number(candidate.L_total)), Infinity);
  return (
    <section className="pillars-stream" aria-label={stream_id}>
      <h3>{stream_id}</h3>
      <p className="muted">
        {description}
        {weighed !== undefined && `, ${shownNumber(weighed.values)} values`}
      </p>
      <p className="pillars-choice">
        <strong>{nameOf(stream)}</strong>: L_model {shownNumber(L_model)} + L_residual{' '}
        {shownNumber(L_residual)} = L_total {shownNumber(L_total)} bits
        {L_total > least && <span className="muted"> (scheme set in the documents)</span>}
      </p>
      <ScrollTable
        label={`Candidates for ${stream_id}`}
        table={{ className: 'pillars-candidates' }}
        columns={['scheme', { number: 'L_total' }, 'compared']}
      >
        {shown.map((candidate) => (
          <CandidateRow
            key={nameOf(candidate)}
            candidate={candidate}
            share={Number(candidate.L_total) / most}
            isChosen={candidate.scheme === stream.scheme && candidate.params === stream.params}
          />
        ))}
      </ScrollTable>
    </section>
  );
}

function CandidateRow({
  candidate,
  share,
  isChosen,
}: {
  readonly candidate: Candidate;
  readonly share: number;
  readonly isChosen: boolean;
}): JSX.Element {
  return (
    <tr>
      <th scope="row">
        {nameOf(candidate)}
        {isChosen && <span className="pillars-chosen"> chosen</span>}
      </th>
      <td className="number">{shownNumber(exact(candidate.L_total))}</td>
      <td className="pillars-bar-cell">
        <span
          className={isChosen ? 'pillars-bar pillars-bar-chosen' : 'pillars-bar'}
          style={{ width: `${Math.max(share * 100, 0.5)}%` }}
          aria-hidden="true"
        />
      </td>
    </tr>
  );
}

function exact(total: number | string): number | bigint {
  return typeof total === 'string' ? BigInt(total) : total;
}

/** Golomb-Rice codes have an exponent, the others do not. */
function nameOf({ scheme, params }: Candidate): string {
  return scheme === 'GR' ? `GR, p = ${params}` : scheme;
}
