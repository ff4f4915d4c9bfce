import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { HistoryDetail, RunStatus, StoredRun } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { between, shownDuration, shownInstant, shownNumber } from '../../parts/numbers.js';
import { RunPill } from '../../parts/run-pill.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { CloseLink, useShownPlace } from './details-beside-list.js';
import { RunActions } from './run-actions.js';
import { RunRemarks } from './run-remarks.js';
import { valueText } from './value-text.js';

const WHILE_RUNNING_MS = 1000;

/** One run beside the list. */
export function RunDetails({ id, search }: { readonly id: string; readonly search: string }): JSX.Element {
  const place = useShownPlace();
  const { data, error, refetch } = useQuery({
    queryKey: ['history', 'run', id],
    queryFn: async ({ signal }) =>
      (await ask<HistoryDetail>(`/history/${encodeURIComponent(id)}`, { signal })).value,
    refetchInterval: ({ state }) => (state.data?.run.state === 'running' ? WHILE_RUNNING_MS : false),
  });
  return (
    <div ref={place} className="history-details">
      <Card
        title={data === undefined ? 'Run' : data.run.name}
        actions={<CloseLink to={`/history${search}`} />}
      >
        <ErrorNotice error={error} onRetry={() => void refetch()} />
        {data === undefined && error === null && <Loading what="the run" lines={14} />}
        {data !== undefined && (
          <div className="stack">
            <RunActions detail={data} />
            <RunFacts run={data.run} />
            {data.run.state !== 'running' && <RunRemarks id={data.run.run_id} />}
            <Metrics metrics={data.summary_metrics} />
            {data.record !== undefined && <RunRecordFacts record={data.record} />}
          </div>
        )}
      </Card>
    </div>
  );
}

function RunFacts({ run }: { readonly run: RunStatus }): JSX.Element {
  return (
    <dl className="facts">
      <dt>Result</dt>
      <dd>
        <RunPill run={run} />
      </dd>
      {run.fault_reason !== undefined && (
        <>
          <dt>Reason</dt>
          <dd>
            {run.fault_reason}
            {run.fault_code === undefined ? '' : ` (${run.fault_code})`}
          </dd>
        </>
      )}
      <dt>Id</dt>
      <dd className="mono">{run.run_id}</dd>
      <dt>Scenario</dt>
      <dd>{run.scenario_id}</dd>
      <dt>Started</dt>
      <dd>{shownInstant(run.started_at)}</dd>
      <dt>Ended</dt>
      <dd>{shownInstant(run.ended_at)}</dd>
      <dt>Duration</dt>
      <dd>{shownDuration(between(run.started_at, run.ended_at))}</dd>
      <dt>Ticks</dt>
      <dd>
        {shownNumber(run.ticks_completed)} of {shownNumber(run.ticks_total)}
      </dd>
    </dl>
  );
}

function Metrics({ metrics }: { readonly metrics: Readonly<Record<string, unknown>> }): JSX.Element {
  const all = Object.entries(metrics);
  return (
    <section aria-label="Metrics">
      <h3>Metrics</h3>
      {all.length === 0 ? (
        <p className="muted">None are stored.</p>
      ) : (
        <dl className="facts">
          {all.map(([name, value]) => (
            <div key={name} className="history-fact">
              <dt>{name}</dt>
              <dd className="mono">{valueText(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** The record of a run beyond its status: digests, engine, artefacts. */
function RunRecordFacts({ record }: { readonly record: StoredRun }): JSX.Element {
  const { result_digest, input_key, inputs, engine, retain, artefacts } = record;
  return (
    <>
      <section aria-label="Digests">
        <h3>Digests</h3>
        <dl className="facts">
          <dt>Result</dt>
          <dd className="mono">{valueText(result_digest)}</dd>
          <dt>Inputs</dt>
          <dd className="mono">{input_key}</dd>
          {Object.entries(inputs).map(([document, digest]) => (
            <div key={document} className="history-fact">
              <dt>{document}</dt>
              <dd className="mono">{valueText(digest)}</dd>
            </div>
          ))}
          <dt>Engine</dt>
          <dd>{Object.values(engine).filter(Boolean).map(valueText).join(', ')}</dd>
          <dt>Kept</dt>
          <dd>{retain}</dd>
        </dl>
      </section>
      <Artefacts artefacts={artefacts} />
    </>
  );
}

function Artefacts({ artefacts }: Pick<StoredRun, 'artefacts'>): JSX.Element | null {
  if (artefacts.length === 0) return null;
  return (
    <section aria-label="Artefacts">
      <h3>Artefacts</h3>
      <ScrollTable
        label="Table of artefacts"
        columns={['Kind', { number: 'Records' }, { number: 'Bytes' }, 'Digest']}
      >
        {artefacts.map(({ kind, records, size, digest, stored }) => (
          <tr key={kind}>
            <td>{kind}</td>
            <td className="number">{shownNumber(records)}</td>
            <td className="number">{stored ? shownNumber(size) : 'not kept'}</td>
            <td className="mono" title={digest}>
              {digest.slice(0, 10)}
            </td>
          </tr>
        ))}
      </ScrollTable>
    </section>
  );
}
