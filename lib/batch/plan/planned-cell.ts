import type { Json } from '../../base/canonical-json.js';
import type { Digest } from '../../base/digest.js';
import type { ConfigRunId } from '../../base/run-id.js';
import type { Expectation } from '../../execution/expectation.js';
import type { EarlierRun, PlannedRun, PlanReason, RunForecast } from './planned-run.js';
import type { CellSource } from '../resolve/resolve-cells.js';

/** Facts common to many cells of a plan; one object for all of them. */
export interface SharedFacts {
  readonly scenario: string;
  readonly config_run_id: ConfigRunId;
  readonly gid: string;
  readonly ticks_total: number;
  readonly estimated_ms: number;
  readonly expect: Expectation;
  readonly retain: 'full' | 'compact';
  readonly timeout_ms: number | null;
  readonly retries: number;
  readonly repeat: number;
  /** Cost of the cells without history. */
  readonly guess: RunForecast;
}

/** Facts of one cell of a plan. */
export interface OwnFacts {
  readonly name: string;
  /** The name without overrides. */
  readonly plain: string;
  readonly cell: Readonly<Record<string, Json>>;
  readonly input_key: Digest;
  readonly reason: PlanReason;
  readonly earlier: EarlierRun | null;
  readonly forecast: RunForecast;
}

/** A planned run in as little memory as a plan of a million runs needs. */
export class PlannedCell implements PlannedRun {
  readonly name: string;
  readonly cell: Readonly<Record<string, Json>>;
  readonly input_key: Digest;
  readonly reason: PlanReason;
  readonly earlier: EarlierRun | null;
  readonly forecast: RunForecast;
  readonly #plain: string;
  readonly #shared: SharedFacts;
  readonly #source: CellSource;

  constructor(own: OwnFacts, shared: SharedFacts, source: CellSource) {
    this.name = own.name;
    this.cell = own.cell;
    this.input_key = own.input_key;
    this.reason = own.reason;
    this.earlier = own.earlier;
    this.forecast = own.forecast;
    this.#plain = own.plain;
    this.#shared = shared;
    this.#source = source;
  }

  get plain_name(): string | undefined {
    return this.#plain === this.name ? undefined : this.#plain;
  }

  get scenario(): string {
    return this.#shared.scenario;
  }

  get config_run_id(): ConfigRunId {
    return this.#shared.config_run_id;
  }

  get gid(): string {
    return this.#shared.gid;
  }

  get ticks_total(): number {
    return this.#shared.ticks_total;
  }

  get estimated_ms(): number {
    return this.#shared.estimated_ms;
  }

  get expect(): Expectation {
    return this.#shared.expect;
  }

  get retain(): 'full' | 'compact' {
    return this.#shared.retain;
  }

  get timeout_ms(): number | null {
    return this.#shared.timeout_ms;
  }

  get retries(): number {
    return this.#shared.retries;
  }

  get repeat(): number {
    return this.#shared.repeat;
  }

  get action(): PlannedRun['action'] {
    const { why } = this.reason;
    return why === 'cached' ? 'cached' : why === 'same_inputs' ? 'follow' : 'run';
  }

  get documents(): PlannedRun['documents'] {
    return this.#source.documents(this.cell);
  }

  get inputs(): PlannedRun['inputs'] {
    return () => this.#source.inputs(this.cell);
  }
}
