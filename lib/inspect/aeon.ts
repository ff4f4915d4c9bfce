import type { AeonGrammar, AeonWindow, RunWindow } from '../engine/inputs.js';
import { found, notFound, type Lookup } from './find/lookup.js';
import { nearNames } from './find/near-names.js';

/** One window of an AEON grammar with its relations. */
export interface AeonWindowView extends AeonWindow {
  /** Ids of the windows whose parent it is, ascending. */
  readonly children: readonly string[];
  /** Ids of the Press windows of the run that realise it, in declared order. */
  readonly press_windows: readonly string[];
}

/** Queries on an AEON grammar (engine contract, section 12); ids ascend by code unit everywhere. */
export class AeonView {
  readonly #windows: ReadonlyMap<string, AeonWindow>;
  readonly #children: ReadonlyMap<string, readonly string[]>;
  readonly #declared: readonly RunWindow[];

  /** @param declared the Press windows of the run */
  constructor({ windows }: AeonGrammar, declared: readonly RunWindow[]) {
    const children = new Map<string, string[]>();
    for (const { window_id, parent_id } of windows) {
      if (parent_id !== null) children.set(parent_id, [...(children.get(parent_id) ?? []), window_id]);
    }
    this.#windows = new Map(windows.map((window) => [window.window_id, window]));
    this.#children = children;
    this.#declared = declared;
  }

  /** Every window. */
  windows(): readonly AeonWindowView[] {
    return [...this.#windows.values()].map((window) => this.#view(window));
  }

  /** Ids of the windows that cover a tick. */
  covering(tick: number): readonly string[] {
    return [...this.#windows.values()]
      .filter(({ tick_start, tick_end }) => tick_start <= tick && tick <= tick_end)
      .map(({ window_id }) => window_id);
  }

  /** A window with its range, parent, children and Press windows. */
  window(id: string): Lookup<AeonWindowView> {
    const window = this.#windows.get(id);
    if (window !== undefined) return found(this.#view(window));
    return notFound(`AEON window ${id}`, nearNames(id, [...this.#windows.keys()]));
  }

  #view(window: AeonWindow): AeonWindowView {
    const { window_id, press_window_id } = window;
    const realised = this.#declared.filter(
      (declared) =>
        declared.aeon_window_id === window_id ||
        (press_window_id !== null && [declared.window_id, declared.apx_name].includes(press_window_id)),
    );
    return {
      ...window,
      children: this.#children.get(window_id) ?? [],
      press_windows: realised.map((declared) => declared.window_id),
    };
  }
}
