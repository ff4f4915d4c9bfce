import type { Json } from '../../base/canonical-json.js';
import { entriesByTick } from '../../engine/gate/pfna-ref.js';
import type { PfnaEntry, RunInputs } from '../../engine/inputs.js';
import { GraphWalk } from '../../engine/umx/graph-walk.js';
import type { TickLedger } from '../../engine/umx/records.js';
import type { Findings } from './broken.js';

const CHECK = 'tick ledgers: fluxes, conservation and the step from tick to tick';

/**
 * Verifies tick ledgers: fluxes give post_u, sums are conserved, and each tick starts with the state of the
 * previous one.
 */
export class LedgerCheck {
  readonly #findings: Findings;
  readonly #pfna: ReadonlyMap<number, readonly PfnaEntry[]>;
  readonly #graph: GraphWalk;
  #state: readonly number[];

  constructor(inputs: RunInputs, findings: Findings) {
    this.#findings = findings;
    this.#pfna = entriesByTick(inputs.pfna?.entries ?? []);
    this.#graph = new GraphWalk(inputs.topology, inputs.slp ?? []);
    this.#state = this.#added(inputs.run.initial_state, 0);
    findings.checking(CHECK);
  }

  check(tick: number, ledger: TickLedger): void {
    if (this.#findings.isBroken(CHECK)) return;
    const expected = this.#expected(tick, ledger);
    for (const [field, value] of Object.entries(expected)) {
      const found = ledger[field as keyof TickLedger] as Json;
      if (JSON.stringify(found) === JSON.stringify(value)) continue;
      this.#findings.add(CHECK, { tick, artefact: 'umx_ledger', field, expected: value, found });
      return;
    }
    this.#state = ledger.post_u;
  }

  #expected(tick: number, ledger: TickLedger): Readonly<Record<string, Json>> {
    const pre_u = this.#added(this.#reshaped(tick), tick);
    const post = pre_u.map(BigInt);
    for (const { i, j, f_e } of ledger.edges) {
      post[i - 1] = (post[i - 1] ?? 0n) - BigInt(f_e);
      post[j - 1] = (post[j - 1] ?? 0n) + BigInt(f_e);
    }
    const sum = Number(pre_u.reduce((total, u) => total + BigInt(u), 0n));
    const post_u = post.map(Number);
    return { tick, pre_u, post_u, sum_pre_u: sum, sum_post_u: sum, z_check: sum };
  }

  /** The last state, truncated or extended to the nodes of a tick. */
  #reshaped(tick: number): readonly number[] {
    if (this.#graph.nextTick > tick) return this.#state;
    this.#graph.advance(tick);
    return Array.from({ length: this.#graph.topology.N }, (_, n) => this.#state[n] ?? 0);
  }

  #added(state: readonly number[], tick: number): readonly number[] {
    return (this.#pfna.get(tick) ?? []).reduce<readonly number[]>(
      (u, { values }) => u.map((value, n) => value + values[n]!),
      state,
    );
  }
}
