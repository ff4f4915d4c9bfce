import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { Health } from '../../../service/wire/index.js';
import { ask } from '../../api/client.js';
import { shownNumber } from '../../parts/numbers.js';
import { ProgressBar } from '../../parts/progress-bar.js';

/** How many runs are shown of how many, and how far the list has been loaded. */
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
  /** Undefined before anything has come. */
  readonly loaded: number | undefined;
  readonly isFailed: boolean;
  /** The batch is on its way, or could not be read: which of the runs are its own is not known. */
  readonly isUnknown: boolean;
  readonly isWhole: boolean;
  readonly batch: string | null;
  /** Undefined when nothing is filtered. */
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
