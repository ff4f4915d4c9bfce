import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { offsetShowing, ROW_HEIGHT, rowWindow, type RowWindow } from './row-window.js';

export interface RowScroll {
  readonly element: React.RefObject<HTMLDivElement>;
  readonly window: RowWindow;
  readonly viewport: number;
  readonly offset: number;
  readonly onScroll: () => void;
  /** Makes a row visible. */
  readonly show: (row: number) => void;
}

export interface RowScrollOptions {
  readonly rows: number;
  /** Number of rows removed at the start so far. */
  readonly trimmed: number;
  readonly follow: boolean;
  readonly onFollow: (follow: boolean) => void;
}

/** Scroll position in pixels of the list, and the number of removed rows at that time. */
interface Anchor {
  readonly offset: number;
  readonly trimmed: number;
}

/**
 * Scrolling of a long list. The position is kept in pixels of the list, so that the visible rows stay in
 * place while rows are added and removed. Scrolling up stops following, reaching the end starts it.
 */
export function useRowScroll({ rows, trimmed, follow, onFollow }: RowScrollOptions): RowScroll {
  const element = useRef<HTMLDivElement>(null);
  const viewport = useHeight(element);
  const [anchor, setAnchor] = useState<Anchor>({ offset: 0, trimmed: 0 });
  const own = useRef<number | null>(null);
  const window = rowWindow(rows, viewport);
  const { most, scale } = window;
  const kept = anchor.offset - Math.max(0, trimmed - anchor.trimmed) * ROW_HEIGHT;
  const offset = follow ? most : Math.min(most, Math.max(0, kept));
  useLayoutEffect(() => {
    const target = offset / scale;
    if (element.current === null || Math.abs(element.current.scrollTop - target) < 1) return;
    element.current.scrollTop = target;
    own.current = element.current.scrollTop;
  }, [offset, scale]);
  const onScroll = (): void => {
    const top = element.current?.scrollTop ?? 0;
    const isOwn = own.current !== null && Math.abs(top - own.current) < 1;
    own.current = null;
    // A change by rounding alone is not a movement.
    if (isOwn || Math.abs(top - offset / scale) < 1) return;
    const next = Math.min(most, top * scale);
    setAnchor({ offset: next, trimmed });
    if (next < offset) onFollow(false);
    else if (next >= most - ROW_HEIGHT / 2) onFollow(true);
  };
  const show = (row: number): void => {
    setAnchor({ offset: offsetShowing(row, offset, viewport), trimmed });
  };
  return { element, window, viewport, offset, onScroll, show };
}

/** Height of an element in pixels, 0 before it is known. */
function useHeight(element: React.RefObject<HTMLDivElement>): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const watch = new ResizeObserver(() => setHeight(current.clientHeight));
    watch.observe(current);
    return () => watch.disconnect();
  }, [element]);
  return height;
}
