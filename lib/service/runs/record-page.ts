import type { RunView } from '../../inspect/index.js';
import type { ArtefactRecords } from '../../session/artefact-records.js';
import type { TickRange } from '../http/path-params.js';
import { cursorKey, nextLink, type Page, type PageQuery } from '../http/paging.js';
import { Refusal } from '../refusal.js';

/** Maximum and default number of records per answer. */
export const MOST_RECORDS = 1000;

/** End of a page: number of records of this tick that it and earlier pages have read. */
interface Place {
  readonly tick: number;
  readonly seen: number;
}

/**
 * A page of the records of a kind in a range of ticks, in stream order; empty if the run has none of the
 * kind.
 */
export async function recordPage<K extends keyof ArtefactRecords>(
  view: RunView,
  kind: K,
  asked: {
    readonly query: PageQuery & TickRange;
    readonly url: string;
    /** Filters records; absent: all. */
    readonly wanted?: (record: ArtefactRecords[K]) => boolean;
  },
): Promise<Page<ArtefactRecords[K]>> {
  const { query, url, wanted = () => true } = asked;
  const { limit = MOST_RECORDS, from = 1, to = Infinity } = query;
  const after = query.cursor === undefined ? { tick: from, seen: 0 } : placeOf(cursorKey(query.cursor));
  if (view.artefacts.entry(kind) === undefined) return { items: [], headers: {} };
  const items: ArtefactRecords[K][] = [];
  let [place, last]: readonly Place[] = [{ tick: after.tick, seen: 0 }, after];
  for await (const record of view.records(kind, Math.max(from, after.tick), to)) {
    const tick = tickOf(record);
    place = { tick, seen: tick === place!.tick ? place!.seen + 1 : 1 };
    if ((tick === after.tick && place.seen <= after.seen) || !wanted(record)) continue;
    if (items.length === limit) return { items, headers: { link: nextLink(url, keyOf(last!)) } };
    items.push(record);
    last = place;
  }
  return { items, headers: {} };
}

/** Tick of a record; 0 if records have none. */
function tickOf(record: object): number {
  return 'tick' in record && typeof record.tick === 'number' ? record.tick : 0;
}

function keyOf({ tick, seen }: Place): string {
  return `${String(tick)}.${String(seen)}`;
}

/** @throws Refusal invalid-cursor */
function placeOf(key: string): Place {
  const parts = /^(\d{1,15})\.(\d{1,15})$/.exec(key);
  if (parts === null) throw new Refusal('invalid-cursor', 'The cursor does not belong to this list');
  return { tick: Number(parts[1]), seen: Number(parts[2]) };
}
