import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { EntryVerdict, LedgerEntry, RunStatus } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { shownNumber } from '../../parts/numbers.js';
import { ShortHash } from './short-hash.js';

/** One entry; on demand the service computes its hashes again, and differing fields are shown below it. */
export function LedgerRow({
  run,
  entry,
}: {
  readonly run: RunStatus;
  readonly entry: LedgerEntry;
}): JSX.Element {
  const { tick } = entry;
  const verify = useMutation({
    mutationFn: async () =>
      (await ask<EntryVerdict>(`/runs/${encodeURIComponent(run.run_id)}/ledger/${tick}/verify`)).value,
  });
  return (
    <>
      <tr>
        <td className="number">{shownNumber(tick)}</td>
        <td className="pillars-verdict">
          <button
            type="button"
            className="pillars-small"
            aria-label={`Verify tick ${tick}`}
            aria-busy={verify.isPending}
            onClick={() => {
              verify.mutate();
            }}
          >
            Verify
          </button>
          <span role="status">{saidVerdict(verify.data, verify.error, verify.isPending)}</span>
        </td>
        <td>{entry.window_id}</td>
        <td className="number">{shownNumber(entry.C_t)}</td>
        <td className="number">{entry.manifest_check}</td>
        <td>
          <ShortHash digest={entry.prev_entry_hash} />
        </td>
        <td>
          <ShortHash digest={entry.policy_set_hash} />
        </td>
      </tr>
      {verify.data?.ok === false && <Differences verdict={verify.data} />}
    </>
  );
}

function saidVerdict(
  verdict: EntryVerdict | undefined,
  error: unknown,
  isPending: boolean,
): JSX.Element | string {
  if (isPending) return '…';
  if (error !== null) return <span className="pillars-fault">{(error as Error).message}</span>;
  if (verdict === undefined) return '';
  if (verdict.ok) return <span className="pillars-ok">ok, {verdict.fields.length} hashes agree</span>;
  const names = verdict.fields.filter(({ ok }) => !ok).map(({ field }) => field);
  return <span className="pillars-fault">differs: {names.join(', ')}</span>;
}

function Differences({ verdict }: { readonly verdict: EntryVerdict }): JSX.Element {
  return (
    <tr>
      <td colSpan={7}>
        <dl className="facts pillars-differences">
          {verdict.fields
            .filter(({ ok }) => !ok)
            .map(({ field, expected, found }) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd className="mono">the entry has {found ?? 'none'}</dd>
                <dd className="mono">the artefact has {expected ?? 'none'}</dd>
              </div>
            ))}
        </dl>
      </td>
    </tr>
  );
}
