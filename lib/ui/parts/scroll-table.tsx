import type { JSX, ReactNode } from 'react';

/** Title of a column; that of a column of numbers is aligned like them. */
export type ColumnTitle = string | { readonly number: string };

/** A table in a place that scrolls, with the keyboard as well. */
export function ScrollTable({
  label,
  className,
  table = {},
  caption,
  columns,
  children,
}: {
  /** Name of the place. */
  readonly label: string;
  /** Class of the place, besides the one of all. */
  readonly className?: string;
  readonly table?: { readonly className?: string; readonly 'aria-label'?: string };
  readonly caption?: ReactNode;
  readonly columns: readonly ColumnTitle[];
  /** The rows. */
  readonly children: ReactNode;
}): JSX.Element {
  return (
    <div
      className={className === undefined ? 'table-scroll' : `table-scroll ${className}`}
      role="region"
      aria-label={label}
      tabIndex={0}
    >
      <table {...table}>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {columns.map((column, at) =>
              typeof column === 'string' ? (
                <th key={at} scope="col">
                  {column}
                </th>
              ) : (
                <th key={at} scope="col" className="number">
                  {column.number}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
