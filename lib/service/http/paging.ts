import { integer, text, type InferOptional } from '../../base/schema.js';
import { Refusal } from '../refusal.js';

/** Query parameters of every list. */
export const PAGE_QUERY = {
  limit: integer('Maximum of entries in the answer.', { minimum: 1, maximum: 1000, default: 100 }),
  cursor: text('Cursor of the page, from the Link header of the previous page.', { maxLength: 400 }),
};
export type PageQuery = InferOptional<typeof PAGE_QUERY>;

export interface Page<T> {
  readonly items: readonly T[];
  /** Link to the next page; absent on the last. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Returns one page of a list. `key` orders the list and identifies an entry permanently, so that pages stay
 * valid while entries are added in front.
 *
 * @param from position of the first entry after that of a key
 */
export function pageOf<T>(
  all: readonly T[],
  query: PageQuery,
  options: {
    readonly key: (item: T) => string;
    readonly from: (key: string) => number;
    readonly url: string;
  },
): Page<T> {
  const start = query.cursor === undefined ? 0 : options.from(cursorKey(query.cursor));
  const end = start + (query.limit ?? 100);
  const items = all.slice(start, end);
  const last = items.at(-1);
  if (end >= all.length || last === undefined) return { items, headers: {} };
  return { items, headers: { link: nextLink(options.url, options.key(last)) } };
}

/** Value of the Link header for the page after the entry of a key. */
export function nextLink(url: string, key: string): string {
  const [path, search = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(search);
  parameters.set('cursor', encodeCursor(key));
  return `<${path!}?${parameters.toString()}>; rel="next"`;
}

/** Declares the Link header of a paged list. */
export const NEXT_LINK = { link: 'The next page, if there is one.' };

/** Pages a list in the order of its keys, by code unit. */
export function pageByKey<T>(
  all: readonly T[],
  query: PageQuery,
  options: {
    readonly key: (item: T) => string;
    readonly order: 'ascending' | 'descending';
    readonly url: string;
  },
): Page<T> {
  const { key: keyOf, order } = options;
  return pageOf(all, query, {
    ...options,
    from: (key) => {
      const index = all.findIndex((item) => (order === 'ascending' ? keyOf(item) > key : keyOf(item) < key));
      return index < 0 ? all.length : index;
    },
  });
}

function encodeCursor(key: string): string {
  return Buffer.from(`k:${key}`).toString('base64url');
}

/** The key in a cursor. @throws Refusal invalid-cursor */
export function cursorKey(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!text.startsWith('k:'))
    throw new Refusal('invalid-cursor', 'Use the cursor from the Link header of the previous page');
  return text.slice(2);
}
