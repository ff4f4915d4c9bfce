/** Height of a row in pixels, as in the style sheet. */
export const ROW_HEIGHT = 24;

/** Browsers limit elements to about 17 million pixels; a longer list is scrolled in proportion. */
const MOST_PIXELS = 15_000_000;

/** Rows beyond both edges that are rendered in advance. */
const SPARE = 8;

/**
 * A list of rows of equal height in an element that may be shorter than the list. Offsets are pixels of the
 * list; scroll tops are pixels of the element. Rows of equal height need no measuring, so that the cost is
 * independent of their number.
 */
export interface RowWindow {
  /** Height of the element. */
  readonly height: number;
  /** Maximum offset. */
  readonly most: number;
  /** Pixels of the list per pixel of the element; 1 unless the list is too long. */
  readonly scale: number;
}

export function rowWindow(rows: number, viewport: number): RowWindow {
  const whole = rows * ROW_HEIGHT;
  const height = Math.min(whole, MOST_PIXELS);
  const most = Math.max(0, whole - viewport);
  const travel = height - viewport;
  return { height, most, scale: travel > 0 ? most / travel : 1 };
}

/** Rows to draw at an offset: from `first` on, before `last`. */
export function rowsShown(
  offset: number,
  rows: number,
  viewport: number,
): { readonly first: number; readonly last: number } {
  const first = Math.max(0, Math.floor(offset / ROW_HEIGHT) - SPARE);
  const last = Math.min(rows, Math.ceil((offset + viewport) / ROW_HEIGHT) + SPARE);
  return { first: Math.min(first, rows), last };
}

/** Position of row `first` in the element when the list is scrolled to an offset. */
export function topOf(first: number, offset: number, { scale }: RowWindow): number {
  return offset / scale - (offset - first * ROW_HEIGHT);
}

/** The offset nearest to the current one at which a row is visible. */
export function offsetShowing(row: number, offset: number, viewport: number): number {
  const top = row * ROW_HEIGHT;
  if (top < offset) return top;
  return Math.max(offset, top + ROW_HEIGHT - viewport);
}
