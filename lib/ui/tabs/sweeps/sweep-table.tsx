import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type JSX } from 'react';
import { Link } from 'react-router';
import type { WireTableColumn, WireTablePage, WireValue } from '../../../service/wire/index.js';
import type { Query } from '../../api/client.js';
import { ErrorNotice } from '../../parts/error-notice.js';
import { SortTitle } from '../../parts/sort-title.js';
import { ID, type SweepOrder } from './sweep-question.js';
import { useTableRows } from './table-pages.js';
import { cellText, isNumeric } from './value-text.js';

const ROW_PX = 32;
const HEAD_PX = 36;
const BESIDE = 10;

interface TableProps {
  readonly table: WireTablePage;
  /** True if the table belongs to the previous query. */
  readonly isOld: boolean;
  readonly query: Query;
  /** True if no columns are chosen. */
  readonly isUsual: boolean;
  /** True if the id is one of the chosen columns. */
  readonly isIdShown: boolean;
  readonly order: SweepOrder;
  readonly picked: readonly string[];
  readonly onOrder: (column: string) => void;
  readonly onPick: (id: string) => void;
}

/** The visible rows of a table of any length; pages are loaded on scrolling. */
export function SweepTable(props: TableProps): JSX.Element {
  const { table, isOld, query, isUsual, isIdShown, order } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: table.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: BESIDE,
  });
  const { by, falls } = order;
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [by, falls]);
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = (items.at(-1)?.index ?? 0) + 1;
  const { row, error } = useTableRows(query, first, last);
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const shown = isUsual ? usualOrder(table) : chosenOrder(table, isIdShown);
  const height = Math.min(table.total * ROW_PX + HEAD_PX + 18, 560);
  return (
    <>
      <ErrorNotice error={error} />
      <div
        className="sweeps-scroll"
        ref={scroller}
        role="region"
        aria-label="Rows of the table"
        tabIndex={0}
        style={{ height }}
      >
        <table aria-label="Runs" aria-rowcount={table.total + 1} aria-busy={isOld}>
          <Head {...props} shown={shown} />
          <tbody>
            <Room height={before} span={shown.length + 1} />
            {items.map(({ index }) => (
              <Row key={index} {...props} index={index} shown={shown} row={isOld ? undefined : row(index)} />
            ))}
            <Room height={after} span={shown.length + 1} />
          </tbody>
        </table>
      </div>
    </>
  );
}

/**
 * Indices of the default columns: the varying ones after the name, then the results; the name replaces the
 * id.
 */
function usualOrder({ columns }: WireTablePage): readonly number[] {
  const rank = ({ name, is_axis }: WireTableColumn): number => (name === 'run' ? 0 : is_axis ? 1 : 2);
  return [...columns.keys()]
    .filter((n) => columns[n]!.name !== ID)
    .sort((a, b) => rank(columns[a]!) - rank(columns[b]!) || a - b);
}

function chosenOrder({ columns }: WireTablePage, isIdShown: boolean): readonly number[] {
  return [...columns.keys()].filter((n) => isIdShown || columns[n]!.name !== ID);
}

function Head({
  table,
  order,
  shown,
  onOrder,
}: TableProps & { readonly shown: readonly number[] }): JSX.Element {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col">
          <span className="visually-hidden">Pick to compare</span>
        </th>
        {shown.map((n) => {
          const column = table.columns[n]!;
          const falls = order.falls ? 'descending' : 'ascending';
          return (
            <SortTitle
              key={column.name}
              title={column.name}
              className={classOf(column, table)}
              order={order.by === column.name ? falls : 'none'}
              onSort={() => {
                onOrder(column.name);
              }}
            />
          );
        })}
      </tr>
    </thead>
  );
}

function Row({
  table,
  picked,
  shown,
  index,
  row,
  onPick,
}: TableProps & {
  readonly shown: readonly number[];
  readonly index: number;
  readonly row: readonly WireValue[] | undefined;
}): JSX.Element {
  const at = table.columns.findIndex(({ name }) => name === ID);
  if (row === undefined) {
    return (
      <tr aria-rowindex={index + 2} className="sweeps-coming">
        <td colSpan={shown.length + 1}>Loading row {index + 1}</td>
      </tr>
    );
  }
  const id = String(row[at]);
  return (
    <tr aria-rowindex={index + 2} className={picked.includes(id) ? 'sweeps-picked' : undefined}>
      <td>
        <input
          type="checkbox"
          aria-label={`Pick ${id} to compare`}
          checked={picked.includes(id)}
          onChange={() => {
            onPick(id);
          }}
        />
      </td>
      {shown.map((n) => {
        const column = table.columns[n]!;
        const text = cellText(row[n]!);
        return (
          <td key={column.name} className={classOf(column, table)} title={text}>
            {column.name === 'run' ? <Link to={`/history/run/${encodeURIComponent(id)}`}>{text}</Link> : text}
          </td>
        );
      })}
    </tr>
  );
}

function classOf(column: WireTableColumn, table: WireTablePage): string {
  return `${isNumeric(column, table) ? 'number' : ''}${column.is_axis ? ' sweeps-axis' : ''}`.trim();
}

function Room({ height, span }: { readonly height: number; readonly span: number }): JSX.Element | null {
  return height <= 0 ? null : (
    <tr aria-hidden="true" className="sweeps-room">
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}
