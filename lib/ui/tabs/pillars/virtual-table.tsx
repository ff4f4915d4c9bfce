import { useRef, type JSX, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';

export interface Column<T> {
  readonly name: string;
  readonly isNumber?: boolean;
  readonly cell: (row: T) => ReactNode;
}

const ROW_PX = 31;
const BOX_PX = 330;

/** A scrollable table of any length; only visible rows are rendered. */
export function VirtualTable<T>({
  label,
  columns,
  rows,
  expected = 0,
}: {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  /** Number of rows to reserve space for during loading. */
  readonly expected?: number;
}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const height = Math.min(BOX_PX, (Math.max(rows.length, expected) + 1) * ROW_PX + 20);
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={box}
      className="table-scroll pillars-rows"
      role="region"
      aria-label={label}
      tabIndex={0}
      style={{ height }}
    >
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ name, isNumber }) => (
              <th key={name} scope="col" className={isNumber === true ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={before} span={columns.length} />
          {items.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2}>
              {columns.map(({ name, isNumber, cell }) => (
                <td key={name} className={isNumber === true ? 'number' : undefined}>
                  {cell(rows[index]!)}
                </td>
              ))}
            </tr>
          ))}
          <Spacer height={after} span={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Takes the place of rows that are not rendered. */
function Spacer({ height, span }: { readonly height: number; readonly span: number }): JSX.Element | null {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className="pillars-spacer">
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}
