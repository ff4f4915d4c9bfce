import type { JSX } from 'react';
import { Link } from 'react-router';

/** Closes what was opened beside a list; the focus goes back to its row, where a keyboard left the list. */
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
