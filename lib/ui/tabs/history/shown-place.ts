import { useEffect, useRef, type RefObject } from 'react';

/** A place that is scrolled to when it appears: on narrow screens what is opened stands above a list that hides it. */
export function useShownPlace(): RefObject<HTMLDivElement> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Some browsers answer with a promise, which is nothing for an effect to return.
    void place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return place;
}
