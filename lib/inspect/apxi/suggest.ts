import type { RunId } from '../../base/run-id.js';
import { YieldTimer } from '../../platform/yield-timer.js';
import { EngineFault } from '../../engine/fault.js';
import type {
  ApxiDescriptor,
  DescriptorParams,
  PressDefaults,
  RunWindow,
  Scheme,
} from '../../engine/inputs.js';
import { ApxiAccount, type DescriptorLengths } from '../../engine/press/apxi-account.js';
import { found, type Lookup } from '../find/lookup.js';
import type { RunView } from '../run-view.js';
import type { WindowRef } from '../find/window-lookup.js';
import { byTrend, constants, evenly, shortestPeriod, trends, type Trend } from './candidates.js';
import { windowStreams, type WindowValues } from './window-streams.js';

/** A descriptor for one stream and its cost. */
export interface Suggestion extends DescriptorLengths {
  readonly descriptor: ApxiDescriptor;
}

/** Suggestions for the streams of one window. */
export interface ApxiSuggestions {
  readonly run: RunId;
  readonly name: string;
  readonly window_id: string;
  readonly residual_scheme: Scheme;
  /** In declared order; suggestions for a stream by type. */
  readonly streams: readonly {
    readonly stream_id: string;
    readonly suggestions: readonly Suggestion[];
    /** Number of candidates that were tried, and of all candidates. */
    readonly tried: { readonly candidates: number; readonly of: number };
  }[];
}

/** Maximum number of values read for each type of each stream; more candidates are thinned out evenly. */
const MOST_LOOKS = 20_000_000;

/**
 * For each stream of a window the descriptor of each type with the smallest L_total over the stored stream:
 * for constants the median of the best, for trends the best through two observed ticks, for runs the shortest
 * exact period. Depends only on the records.
 */
export async function suggestApxi(
  run: RunView,
  ref: WindowRef | undefined,
  scheme: Scheme | undefined,
): Promise<Lookup<ApxiSuggestions>> {
  const { run: config, profile } = await run.inputs();
  const window = await run.window(ref ?? config.primary_window_id);
  if (!window.ok) return window;
  const residual_scheme = scheme ?? window.value.apxi?.residual_scheme ?? 'R';
  const streams: ApxiSuggestions['streams'][number][] = [];
  for (const values of await windowStreams(run, window.value)) {
    const search = new Search(values, window.value, {
      press: profile.press_defaults,
      scheme: residual_scheme,
    });
    streams.push({ stream_id: values.name, suggestions: await search.best(), tried: search.tried });
  }
  const { id, name } = run.record;
  return found({ run: id, name, window_id: window.value.window_id, residual_scheme, streams });
}

class Search {
  readonly tried = { candidates: 0, of: 0 };
  readonly #values: WindowValues;
  readonly #window: RunWindow;
  readonly #account: { readonly press: PressDefaults; readonly scheme: Scheme };

  constructor(
    values: WindowValues,
    window: RunWindow,
    account: { readonly press: PressDefaults; readonly scheme: Scheme },
  ) {
    this.#values = values;
    this.#window = window;
    this.#account = account;
  }

  async best(): Promise<readonly Suggestion[]> {
    if (this.#values.ticks.length === 0 || this.#values.width === 0) return [];
    const list = [await this.#bestConstant(), await this.#bestTrend(), this.#bestRun()];
    return list.filter((suggestion) => suggestion !== undefined);
  }

  async #bestConstant(): Promise<Suggestion | undefined> {
    const ascending = constants(this.#values);
    const tried = this.#affordable(ascending, evenly(ascending.length, this.#most));
    const all = await this.#weigh(
      tried.map((value) => ({ descriptor_type: 'CONST_SEGMENT', params: { value } })),
    );
    const least = all.reduce((total, { L_total }) => Math.min(total, L_total), Infinity);
    const best = all.filter(({ L_total }) => L_total === least);
    return best[Math.floor((best.length - 1) / 2)];
  }

  async #bestTrend(): Promise<Suggestion | undefined> {
    const frequent = trends(this.#values);
    const tried = this.#affordable(
      frequent,
      Array.from({ length: Math.min(frequent.length, this.#most) }, (_, n) => n),
    );
    const all = await this.#weigh(tried.map((params) => ({ descriptor_type: 'LINEAR_TREND', params })));
    return all.sort((a, b) => a.L_total - b.L_total || byTrend(paramsOf(a), paramsOf(b)))[0];
  }

  #bestRun(): Suggestion | undefined {
    const pattern = shortestPeriod(this.#values);
    if (pattern === undefined) return undefined;
    const repeats = this.#values.ticks.length / pattern.length;
    return this.#cost({ descriptor_type: 'RUN_SEGMENT', params: { pattern, repeats } });
  }

  get #most(): number {
    return Math.max(2, Math.floor(MOST_LOOKS / (this.#values.ticks.length * this.#values.width)));
  }

  #affordable<T>(candidates: readonly T[], positions: readonly number[]): readonly T[] {
    this.tried.of += candidates.length;
    this.tried.candidates += positions.length;
    return positions.map((at) => candidates[at]!);
  }

  /** The costs of candidates, in order; candidates whose length cannot be stored are omitted. */
  async #weigh(candidates: readonly DescriptorParams[]): Promise<Suggestion[]> {
    const all: Suggestion[] = [];
    const yieldTimer = new YieldTimer();
    for (const candidate of candidates) {
      if (yieldTimer.isDue) await yieldTimer.yield();
      const suggestion = this.#cost(candidate);
      if (suggestion !== undefined) all.push(suggestion);
    }
    return all;
  }

  #cost(params: DescriptorParams): Suggestion | undefined {
    const { window_id, aeon_window_id, end_tick } = this.#window;
    const stream_id = this.#values.name;
    const descriptor_id = `${stream_id}-${params.descriptor_type.toLowerCase().replace('_', '-')}`;
    const named = { descriptor_id, window_id: aeon_window_id ?? window_id, stream_id, labels: [] };
    const descriptor: ApxiDescriptor = { ...named, ...params };
    const account = new ApxiAccount(descriptor, this.#account.press, this.#account.scheme);
    for (const tick of this.#values.ticks) account.fold(tick);
    try {
      return { descriptor, ...account.close(end_tick, window_id) };
    } catch (error) {
      // A run with this descriptor would fault.
      if (error instanceof EngineFault) return undefined;
      throw error;
    }
  }
}

function paramsOf({ descriptor }: Suggestion): Trend {
  return descriptor.params as Trend;
}
