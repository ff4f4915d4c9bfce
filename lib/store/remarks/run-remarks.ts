import { byCodeUnit } from '../../base/code-units.js';
import type { Labels } from '../../base/label.js';
import type { Remark } from './remark.js';

/** A note for display. */
interface RunNote {
  readonly at: string;
  readonly by: string;
  readonly text: string;
}

/** The current remarks of a run. */
export interface RunRemarks {
  /** By key ascending. */
  readonly labels: Labels;
  /** The oldest first. */
  readonly notes: readonly RunNote[];
}

export const NO_REMARKS: RunRemarks = { labels: {}, notes: [] };

/** Remarks in their order of arrival in the store. */
export function inRemarkOrder(remarks: readonly Remark[]): readonly Remark[] {
  return [...remarks].sort((a, b) => a.seq - b.seq || byCodeUnit(a.id, b.id));
}

/** The current remarks of each run: the last value of each label, and every note. */
export function runRemarks(remarks: readonly Remark[]): ReadonlyMap<string, RunRemarks> {
  const labels = new Map<string, Map<string, string>>();
  const notes = new Map<string, RunNote[]>();
  for (const remark of inRemarkOrder(remarks)) {
    for (const run of remark.runs) {
      const own = labels.get(run) ?? new Map<string, string>();
      labels.set(run, own);
      for (const [key, value] of Object.entries(remark.labels ?? {})) {
        if (value === null) own.delete(key);
        else own.set(key, value);
      }
      const { at, by, note } = remark;
      if (note !== undefined) notes.set(run, [...(notes.get(run) ?? []), { at, by, text: note }]);
    }
  }
  return new Map(
    [...labels].map(([run, own]) => {
      const sorted = [...own].sort(([a], [b]) => byCodeUnit(a, b));
      return [run, { labels: Object.fromEntries(sorted), notes: notes.get(run) ?? [] }];
    }),
  );
}
