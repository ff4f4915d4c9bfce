import type { HistoryEntry } from '../../../service/wire/index.js';

/** Filter of the list of runs; an empty word matches everything. */
export interface RunFilter {
  /** Part of the name, the id or the reason of a fault. */
  readonly text: string;
  readonly scenario: string;
  readonly result: string;
  /** Instant; earlier runs are omitted. */
  readonly since: string;
}

/** Names of the parameters in the address; runs of a batch are filtered by their ids. */
export const FILTER_WORDS = ['text', 'scenario', 'result', 'since', 'batch'] as const;

export function filterOf(words: URLSearchParams): RunFilter {
  return {
    text: words.get('text') ?? '',
    scenario: words.get('scenario') ?? '',
    result: words.get('result') ?? '',
    since: words.get('since') ?? '',
  };
}

/** @param among ids to choose from; undefined for all */
export function filteredRuns(
  entries: readonly HistoryEntry[],
  { text, scenario, result, since }: RunFilter,
  among: ReadonlySet<string> | undefined,
): readonly HistoryEntry[] {
  const part = text.trim().toLowerCase();
  const isOpen = part === '' && scenario === '' && result === '' && since === '' && among === undefined;
  if (isOpen) return entries;
  return entries.filter(
    (entry) =>
      (scenario === '' || entry.scenario_id === scenario) &&
      (result === '' || entry.result === result) &&
      (since === '' || entry.started_at >= since) &&
      (among === undefined || among.has(entry.run_id)) &&
      (part === '' || holds(entry, part)),
  );
}

function holds({ name, run_id, fault_reason = '' }: HistoryEntry, part: string): boolean {
  return name.includes(part) || run_id.includes(part) || fault_reason.toLowerCase().includes(part);
}

/** All scenarios with runs, ascending. */
export function scenariosOf(entries: readonly HistoryEntry[]): readonly string[] {
  return [...new Set(entries.map(({ scenario_id }) => scenario_id))].sort();
}
