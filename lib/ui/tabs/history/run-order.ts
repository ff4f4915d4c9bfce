import type { HistoryEntry } from '../../../service/wire/index.js';
import { between } from '../../parts/numbers.js';

/** A column of the list of runs. */
export interface RunColumn {
  readonly key: string;
  readonly title: string;
  readonly isNumber?: boolean;
  /** The sort key. */
  readonly value: (entry: HistoryEntry) => string | number;
}

export const RUN_COLUMNS = [
  { key: 'name', title: 'Run', value: ({ name }) => name },
  { key: 'result', title: 'Result', value: ({ result }) => result },
  { key: 'started', title: 'Started', value: ({ started_at }) => started_at },
  { key: 'duration', title: 'Duration', isNumber: true, value: durationOf },
  { key: 'ticks', title: 'Ticks', isNumber: true, value: ({ ticks_completed }) => ticks_completed },
  { key: 'scenario', title: 'Scenario', value: ({ scenario_id }) => scenario_id },
] as const satisfies readonly RunColumn[];

export interface RunOrder {
  readonly by: (typeof RUN_COLUMNS)[number]['key'];
  readonly descending: boolean;
}

const NEWEST_FIRST: RunOrder = { by: 'started', descending: true };

/** The order in an address, such as `sort=ticks` or `sort=-ticks`. */
export function orderOf(words: URLSearchParams): RunOrder {
  const word = words.get('sort') ?? '';
  const descending = word.startsWith('-');
  const by = RUN_COLUMNS.find(({ key }) => key === word.slice(descending ? 1 : 0))?.key;
  return by === undefined ? NEWEST_FIRST : { by, descending };
}

/** The word for the address; empty for the default order. */
export function orderWord({ by, descending }: RunOrder): string {
  if (by === NEWEST_FIRST.by && descending) return '';
  return `${descending ? '-' : ''}${by}`;
}

/** Sorts entries that arrive newest first; equal ones keep that order. */
export function sortedRuns(
  entries: readonly HistoryEntry[],
  { by, descending }: RunOrder,
): readonly HistoryEntry[] {
  if (by === NEWEST_FIRST.by) return descending ? entries : entries.toReversed();
  const { value } = RUN_COLUMNS.find(({ key }) => key === by)! as RunColumn;
  const sign = descending ? -1 : 1;
  return entries
    .map((entry) => ({ entry, at: value(entry) }))
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -sign : sign))
    .map(({ entry }) => entry);
}

export function durationOf({ started_at, ended_at }: HistoryEntry): number {
  return between(started_at, ended_at) ?? 0;
}
