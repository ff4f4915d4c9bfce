import type { ApxiDescriptor, PressDefaults, RunWindow, Scheme } from '../inputs.js';
import { ApxiAccount } from './apxi-account.js';
import type { SourceVector } from './source-vector.js';
import type { ApxiView, ViewedDescriptor } from './records.js';

/** The reference in a manifest to its view. */
export function apxiViewRef({ apx_name, window_id, aeon_window_id }: RunWindow): string {
  return `${apx_name}::${aeon_window_id ?? window_id}::APXiView_v1`;
}

/** The accounts of all descriptors of an open window. */
export class OpenView {
  readonly #window: RunWindow;
  readonly #scheme: Scheme;
  /** By position of the stream; if a name is repeated, it refers to the first stream. */
  readonly #accounts: readonly (readonly ApxiAccount[])[];

  constructor(window: RunWindow, plan: NonNullable<RunWindow['apxi']>, press: PressDefaults) {
    this.#window = window;
    this.#scheme = plan.residual_scheme;
    const names = window.streams.map(({ name }) => name);
    this.#accounts = names.map((name, s) =>
      names.indexOf(name) === s
        ? (Object.hasOwn(plan.descriptors, name) ? plan.descriptors[name]! : []).map(
            (d) => new ApxiAccount(d, press, plan.residual_scheme),
          )
        : [],
    );
  }

  /** Adds one tick to the descriptors of the stream at position `s`. */
  fold(s: number, vector: SourceVector): void {
    for (const account of this.#accounts[s]!) account.fold(vector);
  }

  /** @throws EngineFault INT_RANGE when a length cannot be stored. */
  close(tick: number): ApxiView {
    const { apx_name, window_id, aeon_window_id } = this.#window;
    const streams = this.#accounts.flatMap((accounts, s) =>
      accounts.length === 0 ? [] : [[this.#window.streams[s]!.name, accounts] as const],
    );
    const viewed = streams.map(([stream, accounts]) => [
      stream,
      accounts.map((account) => ({
        descriptor: descriptorRecord(account.descriptor),
        residual_scheme: this.#scheme,
        ...account.close(tick, window_id),
      })),
    ]);
    return {
      apx_name,
      window_id,
      aeon_window_id,
      residual_scheme: this.#scheme,
      descriptors_by_stream: Object.fromEntries(viewed) as ApxiView['descriptors_by_stream'],
    };
  }
}

function descriptorRecord(descriptor: ApxiDescriptor): ViewedDescriptor['descriptor'] {
  const { descriptor_id, descriptor_type, window_id, stream_id, params, labels } = descriptor;
  return { descriptor_id, descriptor_type, window_id, stream_id, params: { ...params }, labels };
}
