import {
  exactCount,
  MOST_PRESS_STREAMS,
  pressBits,
  pressByStream,
  stateObservables,
  type ClosedManifest,
  type RunObservables,
} from '../base/observables.js';
import type { ApxManifest } from '../engine/press/records.js';
import type { CodexResult } from './codex-pass.js';

/** Data of a tick for an observer. */
export interface ObservedTick {
  readonly sum_abs_flux: number | bigint;
}

/**
 * Collects the data of the observables during the computation, so that nothing must be read again: one
 * comparison per tick, the bits of some windows, and the last state.
 */
export class RunObserver {
  readonly #primary: string;
  readonly #closed: ClosedManifest[] = [];
  #primaryManifest: ClosedManifest | undefined;
  #streams = 0;
  #lastFlux = 0;
  #codex: CodexResult | null = null;

  constructor(primaryWindow: string) {
    this.#primary = primaryWindow;
  }

  tick(tick: number, { sum_abs_flux }: ObservedTick): void {
    if (sum_abs_flux !== 0) this.#lastFlux = tick;
  }

  window(manifest: ApxManifest): void {
    this.#streams += manifest.streams.length;
    if (manifest.window_id === this.#primary) this.#primaryManifest = manifest;
    if (this.#streams <= MOST_PRESS_STREAMS) this.#closed.push(manifest);
  }

  codex(result: CodexResult | null): void {
    this.#codex = result;
  }

  /** The observables after the last of `ticks` ticks. */
  result(
    ticks: number,
    end: { readonly post_u: ArrayLike<number>; readonly C_t: number; readonly sum_abs_flux: number | bigint },
  ): RunObservables {
    const isWhole = this.#streams <= MOST_PRESS_STREAMS;
    // Listed explicitly: an object that is spread and then grows takes ten times as long.
    const { sum_u, min_u, max_u, nonzero_nodes } = stateObservables(end.post_u);
    return {
      sum_u,
      min_u,
      max_u,
      nonzero_nodes,
      total_abs_flux: exactCount([end.sum_abs_flux]),
      settled_at: this.#lastFlux < ticks ? this.#lastFlux : null,
      C_T: end.C_t,
      press_bits: this.#primaryManifest === undefined ? null : pressBits(this.#primaryManifest.streams),
      press: isWhole ? pressByStream(this.#closed) : null,
      codex_motifs: this.#codex?.motifs ?? null,
      proposals_accepted: this.#codex?.accepted ?? null,
    };
  }
}
