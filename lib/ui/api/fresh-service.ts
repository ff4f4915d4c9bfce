import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { STATE_KEY, useOperatorState } from './live-state.js';

/**
 * Refetches everything once the service answers again or was restarted: earlier data and errors may be out of
 * date.
 */
export function useFreshService(): void {
  const queries = useQueryClient();
  const { data, isError } = useOperatorState();
  const known = useRef<{ boot: string | undefined; wasAway: boolean }>({ boot: undefined, wasAway: false });
  const boot = data?.boot_id;
  useEffect(() => {
    if (isError) {
      known.current.wasAway = true;
      return;
    }
    if (boot === undefined) return;
    const { boot: before, wasAway } = known.current;
    known.current = { boot, wasAway: false };
    const isOther = before !== undefined && before !== boot;
    if (!isOther && !wasAway) return;
    const others = {
      predicate: ({ queryKey }: { readonly queryKey: readonly unknown[] }) => queryKey[0] !== STATE_KEY[0],
    };
    if (isOther) queries.removeQueries({ ...others, type: 'inactive' });
    void queries.invalidateQueries(others);
  }, [queries, boot, isError]);
}

/** Number of restarts of the service while this page was open. */
export function useServiceStarts(): number {
  const boot = useOperatorState().data?.boot_id;
  const [seen, setSeen] = useState({ boot, starts: 0 });
  if (boot !== undefined && boot !== seen.boot) {
    setSeen({ boot, starts: seen.boot === undefined ? 0 : seen.starts + 1 });
  }
  return seen.starts;
}
