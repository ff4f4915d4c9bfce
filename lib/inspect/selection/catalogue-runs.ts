import { NumberColumn } from '../../base/number-column.js';
import { PackedTexts } from '../../base/packed-texts.js';
import { TextColumn } from '../../base/text-column.js';
import type { RunId } from '../../base/run-id.js';
import { arrivalOf, byArrival, type Arrival } from '../../store/arrival.js';
import type { FactsPlace } from '../../store/facts/facts-source.js';
import type { RunFacts } from '../../store/facts/run-facts.js';
import type { RunState } from '../../store/record-types.js';

/** Data held for each run of a store during a selection. */
export interface CatalogueEntry {
  readonly id: RunId;
  readonly name: string;
  readonly scenario: string;
  readonly state: RunState;
  readonly started_at: string;
  readonly place: FactsPlace;
}

/** The number used for no run. */
export const NO_RUN = -1;

/**
 * The runs of a store in columns, about a hundred and fifty bytes each. Runs and names are numbered: runs of
 * one name share its number, and names without an executed run may be added.
 */
export class CatalogueRuns {
  /** The number of a run is that of its id. */
  readonly ids = new PackedTexts<RunId>();
  readonly names = new PackedTexts();
  readonly scenarios = new PackedTexts();
  readonly #states: RunState[] = [];
  readonly #start = new TextColumn();
  /** By run. */
  readonly #name = new NumberColumn('int32');
  readonly #scenario = new NumberColumn('int32');
  readonly #state = new NumberColumn('int32');
  readonly #arrival = new NumberColumn('double');
  readonly #ended = new NumberColumn('double');
  readonly #place = new NumberColumn('double');
  /** By name: its latest execution. */
  readonly #latest = new NumberColumn('int32');

  /** Adds a run, once. */
  add(run: RunFacts, place: FactsPlace): void {
    const number = this.ids.add(run.id);
    const name = this.nameNumber(run.name);
    const { arrival, ended } = arrivalOf(run);
    this.#name.push(name);
    this.#scenario.push(this.scenarios.add(run.scenario));
    this.#state.push(this.#stateNumber(run.state));
    this.#start.push(run.started_at);
    this.#arrival.push(arrival);
    this.#ended.push(ended);
    this.#place.push(place);
    const latest = this.#latest.at(name);
    if (latest === NO_RUN || byArrival(this.arrivalOf(latest), this.arrivalOf(number)) < 0) {
      this.#latest.set(name, number);
    }
  }

  /** Number of runs; run numbers are smaller. */
  get length(): number {
    return this.ids.length;
  }

  /** The number of a name, which is added if it is new. */
  nameNumber(name: string): number {
    const number = this.names.add(name);
    if (number === this.#latest.length) this.#latest.push(NO_RUN);
    return number;
  }

  /** The number of a run by its id; NO_RUN if there is none. */
  numberOf(id: string): number {
    return this.ids.find(id) ?? NO_RUN;
  }

  /** The latest execution of a name, by the number of the name; NO_RUN if there is none. */
  latestOf(name: number): number {
    return this.#latest.at(name);
  }

  /** The number of the name under which a run was executed. */
  nameOf(run: number): number {
    return this.#name.at(run);
  }

  /** The run that arrived last; at least one run must exist. */
  last(): number {
    let last = 0;
    for (let run = 1; run < this.length; run++) {
      if (byArrival(this.arrivalOf(last), this.arrivalOf(run)) < 0) last = run;
    }
    return last;
  }

  /** The number of the scenario of a run. */
  scenarioOf(run: number): number {
    return this.#scenario.at(run);
  }

  placeOf(run: number): FactsPlace {
    return this.#place.at(run);
  }

  arrivalOf(run: number): Arrival {
    return { id: this.ids.at(run), arrival: this.#arrival.at(run), ended: this.#ended.at(run) };
  }

  /** By start, then by id. */
  compareStarts(a: number, b: number): number {
    return this.#start.compare(a, b) || this.ids.compare(a, b);
  }

  at(run: number): CatalogueEntry {
    return {
      id: this.ids.at(run),
      name: this.names.at(this.#name.at(run)),
      scenario: this.scenarios.at(this.#scenario.at(run)),
      state: this.#states[this.#state.at(run)]!,
      started_at: this.#start.at(run),
      place: this.#place.at(run),
    };
  }

  #stateNumber(state: RunState): number {
    const known = this.#states.indexOf(state);
    return known === -1 ? this.#states.push(state) - 1 : known;
  }
}
