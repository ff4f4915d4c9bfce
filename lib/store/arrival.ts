import { byCodeUnit } from '../base/code-units.js';
import { sealRecord } from './record-file.js';
import type { RunRecord } from './record-types.js';

/** The fields of a record that determine its order of arrival in the store. */
export interface Arrived {
  readonly id: string;
  /** Increases from one record of the store to the next; absent in records of older versions. */
  readonly arrival?: number;
  readonly ended_at: string;
}

/** Order of arrival in comparable form. */
export interface Arrival {
  readonly id: string;
  /** 0 for a record without one. */
  readonly arrival: number;
  /** Milliseconds since the epoch. */
  readonly ended: number;
}

export function arrivalOf({ id, arrival = 0, ended_at }: Arrived): Arrival {
  return { id, arrival, ended: Date.parse(ended_at) };
}

/**
 * Compares records by their arrival in the store. Dates decide only between records without an arrival, which
 * are older than all others: a clock may be ahead or be set back.
 */
export function byArrival(a: Arrival, b: Arrival): number {
  if (a.arrival !== b.arrival) return a.arrival - b.arrival;
  return a.ended - b.ended || byCodeUnit(a.id, b.id);
}

/** The records in order of arrival, the oldest first. */
export function inArrivalOrder<T extends Arrived>(records: readonly T[]): readonly T[] {
  return records
    .map((record) => ({ record, at: arrivalOf(record) }))
    .sort((a, b) => byArrival(a.at, b.at))
    .map(({ record }) => record);
}

/** A text for each record whose order by code unit is the order of arrival. */
export function arrivalKey({ id, arrival = 0, ended_at }: Arrived): string {
  return `${String(arrival).padStart(16, '0')} ${ended_at} ${id}`;
}

/** The record with another arrival, or with none. */
export function withArrival<T extends { readonly arrival?: number }>(
  record: T,
  arrival: number | undefined,
): T {
  if (!('arrival' in record)) return arrival === undefined ? record : { ...record, arrival };
  const { arrival: _, ...rest } = record;
  return (arrival === undefined ? rest : { ...rest, arrival }) as T;
}

/** True for records that are equal except for their arrival. */
export function isSameRun(a: RunRecord, b: RunRecord): boolean {
  return sealRecord(withArrival(a, undefined)) === sealRecord(withArrival(b, undefined));
}

/** Tolerated difference between the clocks of machines that share a store. */
const TOLERANCE_MS = 60_000;

/**
 * True for a record whose start lies in the future: the clock of its writer was ahead, or the clock of this
 * machine was set back.
 *
 * @param now milliseconds since the epoch
 */
export function isFromFuture({ started_at }: { readonly started_at: string }, now: number): boolean {
  return started_at > new Date(now + TOLERANCE_MS).toISOString();
}
