import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { Link } from 'react-router';
import type { BatchSummaryEntry, WireBatchDiff, WireRunChange } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { shownDuration, shownNumber } from '../../parts/numbers.js';
import { WordPill } from '../../parts/word-pill.js';
import { ScrollTable } from '../../parts/scroll-table.js';
import { BATCHES_KEY } from './query-keys.js';
import { valueText } from './value-text.js';

/** Maximum number of batches that are searched for the previous one. */
const LOOKED_AT = 1000;

/** Maximum rows of the table; the answer of the service has all. */
const SHOWN = 200;

/** Changes to this batch from another one, by default the previous one of the same documents. */
export function BatchChanges({
  id,
  against,
}: {
  readonly id: string;
  /** Id of the other batch; '' for the previous one. */
  readonly against: string;
}): JSX.Element {
  const { data, error, refetch } = useQuery({
    queryKey: [...BATCHES_KEY, 'changes', id, against],
    queryFn: ({ signal }) => (against === '' ? changes(id, signal) : comparison(against, id, signal)),
    staleTime: Infinity,
  });
  return (
    <section aria-label="Changes since the previous batch" className="stack">
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null && <Loading what="the comparison" lines={6} />}
      {data === null && <p>No earlier batch of the same documents is recorded.</p>}
      {data !== undefined && data !== null && <Comparison diff={data} />}
    </section>
  );
}

async function changes(id: string, signal: AbortSignal): Promise<WireBatchDiff | null> {
  const batches = (
    await ask<readonly BatchSummaryEntry[]>('/batches', { query: { limit: LOOKED_AT }, signal })
  ).value;
  const at = batches.findIndex(({ batch_id }) => batch_id === id);
  const documents = JSON.stringify([...(batches[at]?.manifests ?? [])].sort());
  const before = batches
    .slice(at + 1)
    .find(
      ({ state, manifests }) => state !== 'running' && JSON.stringify([...manifests].sort()) === documents,
    );
  if (at === -1 || before === undefined) return null;
  return comparison(before.batch_id, id, signal);
}

async function comparison(before: string, id: string, signal: AbortSignal): Promise<WireBatchDiff> {
  const path = `/batches/${encodeURIComponent(before)}/diff/${encodeURIComponent(id)}`;
  return (await ask<WireBatchDiff>(path, { signal })).value;
}

function Comparison({ diff }: { readonly diff: WireBatchDiff }): JSX.Element {
  const { a, counts, engines, runs } = diff;
  const words = (['changed', 'gone', 'added', 'same', 'slower', 'faster'] as const).filter(
    (word) => counts[word] > 0,
  );
  return (
    <>
      <p>
        Compared with <Link to={`/history/batches/${encodeURIComponent(a.batch)}`}>{a.batch}</Link>:{' '}
        {words.map((word) => `${shownNumber(counts[word])} ${word}`).join(', ') || 'no runs'}
      </p>
      {engines.map((engine) => (
        <p key={`${engine.a} ${engine.b}`}>
          Engine version {engine.a} → {engine.b} in {shownNumber(engine.runs)} runs
        </p>
      ))}
      {runs.length > 0 && (
        <ScrollTable
          label="Table of changes"
          columns={['Run', 'Change', 'First difference', 'Cause', 'Time']}
        >
          {runs.slice(0, SHOWN).map((run) => (
            <ChangeRow key={run.name} run={run} />
          ))}
        </ScrollTable>
      )}
      {runs.length > SHOWN && <p>and {shownNumber(runs.length - SHOWN)} more</p>}
    </>
  );
}

function ChangeRow({ run }: { readonly run: WireRunChange }): JSX.Element {
  const { name, change, speed, first, unknown, cause, a, b } = run;
  const where = first === null ? '' : `${first.artefact} ${first.pointer}`.trimEnd();
  const tick =
    first === null ? '' : first.tick === null ? 'whole run, ' : `tick ${shownNumber(first.tick)}, `;
  return (
    <tr>
      <td>{name}</td>
      <td>
        <WordPill word={change === 'same' ? (speed ?? 'same') : change} />
      </td>
      <td>
        {unknown ??
          (first === null ? endText(run) : `${tick}${where}: ${valueText(first.a)} → ${valueText(first.b)}`)}
      </td>
      <td>{causeText(cause)}</td>
      <td>
        {speed === null || a === null || b === null
          ? ''
          : `${shownDuration(a.measured_ms ?? 0)} → ${shownDuration(b.measured_ms ?? 0)}`}
      </td>
    </tr>
  );
}

function endText({ what, a, b }: WireRunChange): string {
  return what.includes('end') && a !== null && b !== null ? `${a.state} → ${b.state}` : '';
}

function causeText(cause: WireRunChange['cause']): string {
  if (cause === null) return '';
  const engine = cause.engine === null ? [] : [`engine ${cause.engine.a} → ${cause.engine.b}`];
  const fields = cause.inputs
    .slice(0, 3)
    .map(({ document, pointer, a, b }) => `${document} ${pointer}: ${valueText(a)} → ${valueText(b)}`);
  const more = cause.inputs.length > 3 || cause.more_inputs ? ['and more'] : [];
  return [...engine, ...fields, ...more].join('; ');
}
