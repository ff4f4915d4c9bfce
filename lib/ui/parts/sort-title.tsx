import type { JSX } from 'react';

const MARKS = { ascending: '▲', descending: '▼', none: '' } as const;

/** Title of a column; pressing it sorts the table by the column. */
export function SortTitle({
  title,
  className,
  order,
  onSort,
}: {
  readonly title: string;
  readonly className: string | undefined;
  /** How the column orders the table. */
  readonly order: keyof typeof MARKS;
  readonly onSort: () => void;
}): JSX.Element {
  return (
    <th scope="col" className={className} aria-sort={order}>
      <button type="button" className="sort-title" onClick={onSort}>
        {title}
        <span aria-hidden="true" className="sort-mark">
          {MARKS[order]}
        </span>
      </button>
    </th>
  );
}
