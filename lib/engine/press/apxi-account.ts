import { MAX_INT } from '../../base/integers.js';
import { intRangeFault } from '../fault.js';
import type { ApxiDescriptor, PressDefaults, Scheme } from '../inputs.js';
import type { Candidate } from './candidate.js';
import { modelBits, predict, residual } from './apxi-residual.js';
import { MdlAccount } from './mdl-account.js';
import { newMdlTick, summarizeMdl, type MdlTick } from './mdl-tick.js';
import type { SourceVector } from './source-vector.js';
import { newVarintTick, summarizeVarint, VarintAccount, type VarintTick } from './varint-account.js';

/** Lengths of one descriptor over a closed window. */
export interface DescriptorLengths {
  readonly L_model: number;
  readonly L_residual: number;
  readonly L_total: number;
}

/** Running lengths of the residual of one descriptor; holds at most two ticks. */
export class ApxiAccount {
  readonly descriptor: ApxiDescriptor;
  readonly #lengths: ResidualLengths;
  #q = 0;
  #width = 0;
  #isExactFit = true;
  #current: SourceVector | null = null;
  #previous: SourceVector | null = null;

  constructor(descriptor: ApxiDescriptor, press: PressDefaults, scheme: Scheme) {
    this.descriptor = descriptor;
    this.#lengths =
      press.accounting === 'mdl-v0' ? new MdlLengths(press, scheme) : new VarintLengths(press, scheme);
  }

  /** Adds one tick of the stream; the vector is not modified. */
  fold(observed: SourceVector): void {
    this.#width = observed.values.length;
    const into = this.#current ?? { values: new Float64Array(this.#width), exact: null };
    const isZero = residual(observed, predict(this.descriptor, this.#q), into);
    if (!isZero) this.#isExactFit = false;
    this.#lengths.fold(into, this.#previous);
    this.#current = this.#previous;
    this.#previous = into;
    this.#q++;
  }

  /** @throws EngineFault INT_RANGE when a length cannot be stored. */
  close(tick: number, window: string): DescriptorLengths {
    const L_model = modelBits(this.descriptor, this.#width);
    const L_residual = this.#isExactFit ? 0 : this.#lengths.residual;
    if (typeof L_residual === 'bigint' || L_residual > MAX_INT - L_model) {
      const { stream_id, descriptor_id } = this.descriptor;
      const place = `window ${window} stream ${stream_id} descriptor ${descriptor_id}`;
      throw intRangeFault(tick, place, 'L_total');
    }
    return { L_model, L_residual, L_total: L_model + L_residual };
  }
}

interface ResidualLengths {
  fold(vector: SourceVector, previous: SourceVector | null): void;
  readonly residual: number | bigint;
}

/** mdl-v0: the total of section 5.2 under the scheme. */
class MdlLengths implements ResidualLengths {
  readonly #account: MdlAccount;
  readonly #tick: MdlTick;

  constructor(press: PressDefaults, scheme: Scheme) {
    this.#account = new MdlAccount(press, scheme);
    this.#tick = newMdlTick(press.gr_max_p);
  }

  fold(vector: SourceVector): void {
    summarizeMdl(vector, this.#tick);
    this.#account.fold(this.#tick);
  }

  get residual(): number | bigint {
    return chosen(this.#account).L_total;
  }
}

/** varint-v1: the residual length of section 5.3 under the scheme. */
class VarintLengths implements ResidualLengths {
  readonly #account: VarintAccount;
  readonly #tick: VarintTick = newVarintTick();

  constructor(press: PressDefaults, scheme: Scheme) {
    this.#account = new VarintAccount(press, scheme);
  }

  fold(vector: SourceVector, previous: SourceVector | null): void {
    summarizeVarint(vector, previous, this.#tick);
    this.#account.fold(this.#tick);
  }

  get residual(): number | bigint {
    return chosen(this.#account).L_residual;
  }
}

function chosen(account: MdlAccount | VarintAccount): Candidate {
  return account.choose(account.candidates());
}
