import { useEffect, useRef, type JSX, type RefObject } from 'react';
import { Link } from 'react-router';

/** Closes details beside a list; the focus returns to the row from which they were opened. */
export function CloseLink({ to }: { readonly to: string }): JSX.Element {
  return (
    <Link
      className="button"
      to={to}
      onClick={() => {
        document.querySelector<HTMLElement>('.history-row-open .history-row-link')?.focus();
      }}
    >
      Close
    </Link>
  );
}

/** Scrolls to an element when it appears: on narrow screens details are above the list. */
export function useShownPlace(): RefObject<HTMLDivElement> {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Some browsers return a promise, which an effect must not return.
    void place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return place;
}
