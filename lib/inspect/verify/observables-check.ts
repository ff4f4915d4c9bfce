import { pressObservables, type ClosedManifest } from '../../base/observables.js';
import type { CodexProposal } from '../../engine/codex/records.js';
import type { PBlock } from '../../engine/loom/records.js';
import type { TickLedger } from '../../engine/umx/records.js';
import type { RunRecord } from '../../store/record-types.js';
import type { Findings } from './broken.js';
import { ledgerObservables, settledAt } from '../observables/ledger-observables.js';
import { unlessMisshapen } from './unless-misshapen.js';
import { wrongObservables, type KnownObservables } from './wrong-observables.js';

const CHECK = 'observables of the run record';

/**
 * Collects the values of observables from the artefacts during the walk, and checks the record against them.
 * Artefacts that are unreadable or not stored are not used.
 */
export class ObservablesCheck {
  readonly #record: RunRecord;
  readonly #primary: string;
  readonly #known: Record<string, KnownObservables[keyof KnownObservables]> = {};
  readonly #closed: ClosedManifest[] = [];
  #accepted = 0;
  #lastFlux = 0;
  #blocks = 0;

  constructor(record: RunRecord, primaryWindow: string) {
    this.#record = record;
    this.#primary = primaryWindow;
  }

  ledger(tick: number, ledger: TickLedger): void {
    if (tick === this.#record.ticks_completed) this.#know(ledgerObservables(ledger));
  }

  block(tick: number, { C_t, edge_flux_summary }: PBlock): void {
    this.#blocks++;
    if (edge_flux_summary.some(({ f_e }) => f_e !== 0)) this.#lastFlux = tick;
    this.chainValue(tick, C_t);
  }

  chainValue(tick: number, C_T: number): void {
    if (tick === this.#record.ticks_completed) this.#know({ C_T });
  }

  manifest(text: string): void {
    this.#closed.push(JSON.parse(text) as ClosedManifest);
  }

  /** Marks the end of the manifests, all of which could be read. */
  manifestsEnd(): void {
    this.#know(unlessMisshapen(() => pressObservables(this.#closed, this.#primary)) ?? {});
  }

  proposal(text: string): void {
    if ((JSON.parse(text) as CodexProposal | null)?.status === 'ACCEPTED') this.#accepted++;
  }

  /** Marks the end of the proposals, all of which could be read. */
  proposalsEnd(): void {
    this.#know({ proposals_accepted: this.#accepted });
  }

  end(findings: Findings): void {
    const { observables, ticks_completed, artefacts, state } = this.#record;
    if (observables === undefined || ticks_completed === 0) return;
    const motifs = artefacts.find(({ kind }) => kind === 'codex_motifs');
    if (this.#blocks === ticks_completed)
      this.#know({ settled_at: settledAt(this.#lastFlux, ticks_completed) });
    if (motifs !== undefined && state === 'completed') this.#know({ codex_motifs: motifs.records });
    findings.checking(CHECK);
    for (const [n, wrong] of wrongObservables(observables, this.#known).entries()) {
      // Each field is a separate finding: none follows from another.
      findings.add(n === 0 ? CHECK : `${CHECK}: ${wrong.field}`, {
        tick: null,
        artefact: 'record',
        ...wrong,
      });
    }
  }

  #know(known: KnownObservables): void {
    Object.assign(this.#known, known);
  }
}
