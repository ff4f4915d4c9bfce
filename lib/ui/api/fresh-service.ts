import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { STATE_KEY, useOperatorState } from './live-state.js';

/**
 * Asks for everything again once the service answers after it did not, or was started anew: what an earlier one said may no longer
 * hold, and errors from the time between do not.
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

/** How often the service was started anew while this page was open. */
export function useServiceStarts(): number {
  const boot = useOperatorState().data?.boot_id;
  const [seen, setSeen] = useState({ boot, starts: 0 });
  if (boot !== undefined && boot !== seen.boot) {
    setSeen({ boot, starts: seen.boot === undefined ? 0 : seen.starts + 1 });
  }
  return seen.starts;
}
