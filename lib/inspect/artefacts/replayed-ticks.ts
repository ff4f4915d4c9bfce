import pLimit from 'p-limit';
import { AetherError } from '../../base/errors.js';
import type { RunInputs } from '../../engine/inputs.js';
import type { ULedgerEntry } from '../../engine/uledger/records.js';
import { Replay, type ReplayedTick, type ReplayStart } from '../../session/replay.js';
import { YieldTimer } from '../../platform/yield-timer.js';

/** Data of a run that a replay needs. */
export interface ReplayBasis {
  readonly inputs: RunInputs;
  /** The nearest recorded state strictly before a tick; null for the initial state. */
  readonly stateBefore: (tick: number) => Promise<ReplayStart | null>;
  /** The recorded U-ledger entry of a tick; undefined if it was not committed. */
  readonly entry: (tick: number) => Promise<ULedgerEntry | undefined>;
}

/** Derived tick ledgers and P-blocks, each checked against the U-ledger. Ascending ticks are cheap. */
export class ReplayedTicks {
  readonly #basis: ReplayBasis;
  #replay: Replay | undefined;
  #at = 0;
  readonly #yieldTimer = new YieldTimer();
  readonly #turn = pLimit(1);

  constructor(basis: ReplayBasis) {
    this.#basis = basis;
  }

  /** @throws AetherError REPLAY_MISMATCH when the computed tick differs from the recorded one */
  async tick(tick: number): Promise<ReplayedTick> {
    const derived = await this.unchecked(tick);
    const entry = await this.#basis.entry(tick);
    const field =
      entry === undefined
        ? undefined
        : entry.umx_ledger_hash !== derived.umx_ledger_hash
          ? 'umx_ledger_hash'
          : entry.loom_block_hash !== derived.loom_block_hash
            ? 'loom_block_hash'
            : undefined;
    if (field === undefined) return derived;
    throw new AetherError(
      'REPLAY_MISMATCH',
      `tick ${String(tick)} re-derived does not have its recorded ${field}`,
    );
  }

  /** The derived tick without a check. Concurrent callers are served one after another. */
  unchecked(tick: number): Promise<ReplayedTick> {
    return this.#turn(() => this.#derive(tick));
  }

  async #derive(tick: number): Promise<ReplayedTick> {
    const replay = await this.#before(tick);
    // A walk over many ticks, each of which is short, takes long as a whole.
    if (this.#yieldTimer.isDue) await this.#yieldTimer.yield();
    for (; this.#at < tick - 1; this.#at++) {
      replay.skip();
      if (this.#yieldTimer.isDue) await this.#yieldTimer.yield();
    }
    this.#at = tick;
    return replay.next();
  }

  /**
   * The current replay, if no recorded state lies between its tick and the requested one; otherwise from that
   * state.
   */
  async #before(tick: number): Promise<Replay> {
    if (this.#replay !== undefined && this.#at === tick - 1) return this.#replay;
    const start = await this.#basis.stateBefore(tick);
    const from = start?.tick ?? 0;
    if (this.#replay === undefined || this.#at >= tick || this.#at < from) {
      this.#replay = new Replay(this.#basis.inputs, start);
      this.#at = from;
    }
    return this.#replay;
  }
}
