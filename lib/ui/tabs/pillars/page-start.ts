import { numberWithin, useAddress } from './address.js';

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
