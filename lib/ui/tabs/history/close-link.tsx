import type { JSX } from 'react';
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
