import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type JSX } from 'react';
import { Link } from 'react-router';
import type { GoldenDiff, GoldenStatus } from '../../../service/wire/index.js';
import { ApiError, ask } from '../../api/client.js';
import { Card } from '../../parts/card.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { Loading } from '../../parts/loading.js';
import { WordPill } from '../../parts/word-pill.js';
import { CloseLink, useShownPlace } from './details-beside-list.js';
import { GOLDENS_KEY, GOLDENS_REFRESH_MS } from './query-keys.js';
import { JudgeGolden, type SeenDifference } from './judge-golden.js';

/**
 * One golden: the difference of the latest run, and the form to judge that run. The displayed difference
 * stays until the user requests a newer one, so that a judgement concerns what was displayed.
 */
export function GoldenDetails({
  name,
  golden,
  search,
}: {
  readonly name: string;
  readonly golden: GoldenStatus | undefined;
  readonly search: string;
}): JSX.Element {
  const place = useShownPlace();
  const {
    data: latest,
    error,
    refetch,
  } = useQuery({
    queryKey: [...GOLDENS_KEY, 'diff', name],
    queryFn: async ({ signal }): Promise<SeenDifference> => {
      const answer = await ask<GoldenDiff>(`/goldens/${encodeURIComponent(name)}/diff`, { signal });
      return { diff: answer.value, etag: answer.etag ?? '' };
    },
    // Another run of the name changes the difference.
    refetchInterval: GOLDENS_REFRESH_MS,
  });
  const [shown, setShown] = useState<SeenDifference>();
  useEffect(() => {
    if (shown === undefined) setShown(latest);
  }, [shown, latest]);
  const seen = shown ?? latest;
  const data = seen?.diff;
  const isOutdated = shown !== undefined && latest !== undefined && shown.etag !== latest.etag;
  const isWithoutRun =
    data?.run_id === null ||
    (error instanceof ApiError && error.code === 'unknown-golden' && golden !== undefined);
  return (
    <div ref={place} className="history-details">
      <Card title={name} actions={<CloseLink to={`/history/goldens${search}`} />}>
        <div className="stack">
          {isWithoutRun ? (
            <NoRun scenario={golden?.scenario_id ?? null} />
          ) : (
            <ErrorNotice error={error} onRetry={() => void refetch()} />
          )}
          {data === undefined && error === null && <Loading what="the difference" lines={8} />}
          {isOutdated && (
            <div className="notice notice-warn" role="alert">
              <p>Changed since you opened it: another run or another golden is compared now.</p>
              <button
                type="button"
                onClick={() => {
                  setShown(latest);
                }}
              >
                Show the current difference
              </button>
            </div>
          )}
          {data !== undefined && <Difference data={data} />}
          {seen !== undefined && seen.diff.run_id !== null && (
            <JudgeGolden
              name={name}
              seen={seen}
              onJudged={() => {
                setShown(undefined);
              }}
              onOutdated={() => void refetch()}
            />
          )}
        </div>
      </Card>
    </div>
  );
}

function Difference({ data: { state, run_id, summary, diff } }: { readonly data: GoldenDiff }): JSX.Element {
  return (
    <>
      <dl className="facts">
        <dt>State</dt>
        <dd>
          <WordPill word={state} />
        </dd>
        <dt>Latest run</dt>
        <dd>
          {run_id === null ? '–' : <Link to={`/history/run/${encodeURIComponent(run_id)}`}>{run_id}</Link>}
        </dd>
      </dl>
      <p className="history-lines">{summary}</p>
      {diff !== '' && <UnifiedDiff text={diff} />}
    </>
  );
}

function NoRun({ scenario }: { readonly scenario: string | null }): JSX.Element {
  return (
    <EmptyState title="There is no run of this name to compare or accept">
      {scenario === null ? (
        'No loaded manifest has its scenario.'
      ) : (
        <Link to={`/history/batches?scenario=${encodeURIComponent(scenario)}`}>
          Run {scenario} as a batch
        </Link>
      )}
    </EmptyState>
  );
}

/** A unified diff. The first character of a line marks its kind; the colour is redundant. */
function UnifiedDiff({ text }: { readonly text: string }): JSX.Element {
  return (
    <pre className="block history-diff" tabIndex={0} role="region" aria-label="Difference of the records">
      {text
        .replace(/\n$/, '')
        .split('\n')
        .map((line, index) => (
          <span key={index} data-kind={kindOf(line)}>
            {`${line}\n`}
          </span>
        ))}
    </pre>
  );
}

function kindOf(line: string): 'head' | 'added' | 'removed' | 'same' {
  if (/^(---|\+\+\+|@@|===|Index:)/.test(line)) return 'head';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'same';
}
