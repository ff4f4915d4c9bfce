import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

type AddressChange = Readonly<Record<string, string | number | null>>;

export interface Address {
  readonly params: URLSearchParams;
  /** Changes parameters of the current address; null removes one. */
  readonly change: (what: AddressChange) => void;
}

/** The selection is stored in the address, so that a reload or a shared link shows the same. */
export function useAddress(): Address {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (what: AddressChange) => {
      setParams(
        (present) => {
          const next = new URLSearchParams(present);
          for (const [name, value] of Object.entries(what)) {
            if (value === null) next.delete(name);
            else next.set(name, String(value));
          }
          return next;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return { params, change };
}

/** An integer of the address within bounds; `otherwise` if there is none. */
export function numberWithin(
  text: string | null,
  { least, most, otherwise }: { readonly least: number; readonly most: number; readonly otherwise: number },
): number {
  const value = text === null || !/^-?\d{1,15}$/.test(text) ? otherwise : Number(text);
  return Math.max(least, Math.min(most, value));
}

/** First position of the page in the address, on a page boundary. */
export function usePageStart(size: number, total: number): [number, (from: number) => void] {
  const { params, change } = useAddress();
  const named = numberWithin(params.get('from'), { least: 1, most: Math.max(total, 1), otherwise: 1 });
  return [
    named - ((named - 1) % size),
    (from) => {
      change({ from: from === 1 ? null : from });
    },
  ];
}
