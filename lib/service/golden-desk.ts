import type { GoldenDiff, GoldenStatus } from './wire/golden.js';

/** What the service needs of goldens; made where the rooms are put together. Unknown names give undefined. */
export interface GoldenDesk {
  /** Every golden, and every run name that should have one, ascending by name. */
  list(): Promise<readonly GoldenStatus[]>;
  diff(name: string): Promise<GoldenDiff | undefined>;
  /**
   * Makes the latest run of that name its golden. @throws Refusal golden-not-comparable
   */
  accept(
    name: string,
    by: { readonly reason: string; readonly who: string },
  ): Promise<GoldenStatus | undefined>;
  /** The input key each golden was accepted with, by run name. */
  inputKeys(): Promise<ReadonlyMap<string, string>>;
}

/** A check that takes longer than an answer may: made where the rooms are put together. */
export interface AuditDesk {
  /** Runs a selection in varied ways; `message` names the first divergence. */
  run(signal: AbortSignal): Promise<{ readonly ok: boolean; readonly message: string }>;
}
