import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Health } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { shownNumber } from '../../parts/numbers.js';
import { ProgressBar } from '../../parts/progress-bar.js';

/** Number of displayed and loaded runs. */
export function RunCount({
  shown,
  loaded,
  isFailed,
  isUnknown,
  isWhole,
  batch,
  onClear,
}: {
  readonly shown: number;
  /** Undefined before the first data. */
  readonly loaded: number | undefined;
  readonly isFailed: boolean;
  /** True if the batch is loading, or could not be read: the ids of its runs are unknown. */
  readonly isUnknown: boolean;
  readonly isWhole: boolean;
  readonly batch: string | null;
  /** Undefined if nothing is filtered. */
  readonly onClear: (() => void) | undefined;
}): JSX.Element {
  return (
    <div className="history-count">
      <span role="status">
        {countText({ shown, loaded, isFailed, isUnknown })}
        {batch === null ? '' : `, only of batch ${batch}`}
      </span>
      {onClear !== undefined && (
        <button type="button" onClick={onClear}>
          Clear filters
        </button>
      )}
      {loaded !== undefined && !isWhole && <Rest loaded={loaded} />}
    </div>
  );
}

function countText(of: {
  readonly shown: number;
  readonly loaded: number | undefined;
  readonly isFailed: boolean;
  readonly isUnknown: boolean;
}): string {
  const { shown, loaded, isFailed, isUnknown } = of;
  if (loaded === undefined) return isFailed ? 'The runs could not be read' : 'Loading runs';
  if (isUnknown) return `Matches of ${shownNumber(loaded)} runs not known yet`;
  const none = shown === 0 && loaded > 0 ? '; none matches the filter' : '';
  return `${shownNumber(shown)} of ${shownNumber(loaded)} runs${none}`;
}

function Rest({ loaded }: { readonly loaded: number }): JSX.Element {
  const { data } = useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }) => (await ask<Health>('/health', { signal })).value,
  });
  const total = data?.store.runs ?? 0;
  return (
    <span className="history-rest">
      <ProgressBar label="Older runs being loaded" value={total > loaded ? loaded / total : null} />
    </span>
  );
}
