import { addMod, mulMod } from '../../base/integers.js';
import type { PfnaEntry } from '../inputs.js';

/** payload_ref of an INGRESS envelope: a polynomial hash of the applied entries, ordered by pfna_id (section 6). */
export function pfnaRef(entries: readonly PfnaEntry[], M: number): number {
  let acc = 0;
  for (const entry of entries) {
    for (const ch of entry.pfna_id) acc = addMod(mulMod(acc, 31, M), ch.codePointAt(0)!, M);
    for (const value of entry.values) acc = addMod(mulMod(acc, 17, M), value, M);
  }
  return acc;
}

const NO_ENTRIES: ReadonlyMap<number, readonly PfnaEntry[]> = new Map();

/** Entries by tick; within a tick by pfna_id (the order the document resolver gives). */
export function entriesByTick(entries: readonly PfnaEntry[]): ReadonlyMap<number, readonly PfnaEntry[]> {
  if (entries.length === 0) return NO_ENTRIES;
  const byTick = new Map<number, PfnaEntry[]>();
  for (const entry of entries) {
    const list = byTick.get(entry.tick);
    if (list) list.push(entry);
    else byTick.set(entry.tick, [entry]);
  }
  return byTick;
}
