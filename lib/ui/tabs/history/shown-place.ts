import { useEffect, useRef, type RefObject } from 'react';

/** Scrolls to an element when it appears: on narrow screens details are above the list. */
export function useShownPlace(): RefObject<HTMLDivElement> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Some browsers return a promise, which an effect must not return.
    void place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return place;
}
