import { sha256, type Digest } from '../base/digest.js';
import { EngineFault } from '../engine/fault.js';
import {
  dataMeta,
  EnvelopeEncoder,
  eventIdsByTick,
  NO_EVENTS,
  NO_META,
  type EnvelopeFields,
} from '../engine/gate/envelope.js';
import { entriesByTick, pfnaRef } from '../engine/gate/pfna-ref.js';
import { TickWindows } from '../engine/gate/tick-windows.js';
import type { BudgetUsage } from '../engine/governance/budget.js';
import { judgeEnvelope } from '../engine/governance/envelope-judgement.js';
import type { PfnaEntry, RunInputs } from '../engine/inputs.js';
import { EntryEncoder } from '../engine/uledger/entry.js';
import { GovernanceEnvelopes } from './governance-envelopes.js';
import { PendingTicks } from './pending-ticks.js';
import type { RecordStream } from './record-stream.js';

const NO_ENTRIES: readonly PfnaEntry[] = [];

/** Counts in the metrics record. */
export interface EnvelopeCounts {
  readonly total: number;
  readonly ingress: number;
  readonly data: number;
  readonly egress: number;
}

/** Streams the committer writes to. */
export interface CommitStreams {
  readonly nap_envelopes: RecordStream;
  readonly u_ledger: RecordStream;
}

/**
 * Writes the envelopes of the Gate and the U-ledger (sections 6, 7). Both wait until the window of their tick
 * has closed, the U-ledger of a governed run until the proposals are judged; until then a tick takes 104
 * bytes.
 */
export class Committer {
  readonly #inputs: RunInputs;
  readonly #streams: CommitStreams;
  readonly #policySetHash: Digest;
  readonly #encoder: EnvelopeEncoder;
  readonly #governance: GovernanceEnvelopes;
  readonly #windows: TickWindows;
  readonly #pfna: ReadonlyMap<number, readonly PfnaEntry[]>;
  readonly #events: ReadonlyMap<number, Uint8Array>;
  readonly #pending = new PendingTicks();
  readonly #checks: Float64Array;
  readonly #manifestHashes: (Digest | null)[];
  readonly #governed: boolean;
  /**
   * The current DATA envelope, one object for all ticks: a window closes in a burst, and the garbage
   * collector would promote objects created in it to the old generation.
   */
  readonly #data: { -readonly [F in keyof EnvelopeFields]: EnvelopeFields[F] } = {
    label: 'data',
    tick: 0,
    seq: 0,
    payload_ref: 0,
    prev_chain: 0,
    meta: NO_META,
  };
  #entries: EntryEncoder | null = null;
  #pushed = 0;
  #nextEnvelope = 1;
  #nextEntry = 1;
  #prevChain: number;
  #lastCheck = 0;
  #lastEntryHash: Digest | null = null;
  #counts = { total: 0, ingress: 0, data: 0, egress: 0 };

  constructor(inputs: RunInputs, streams: CommitStreams, policySetHash: Digest) {
    this.#inputs = inputs;
    this.#streams = streams;
    this.#policySetHash = policySetHash;
    this.#encoder = EnvelopeEncoder.of(inputs);
    this.#governance = new GovernanceEnvelopes(inputs, policySetHash);
    this.#windows = TickWindows.of(inputs.run);
    this.#pfna = entriesByTick(inputs.pfna?.entries ?? []);
    this.#events = eventIdsByTick(inputs.slp ?? []);
    this.#checks = new Float64Array(inputs.run.windows.length);
    this.#manifestHashes = inputs.run.windows.map(() => null);
    this.#governed = inputs.governance.governance_mode !== 'OFF';
    if (!this.#governed) this.#entries = EntryEncoder.of(inputs, policySetHash);
    const { C0 } = inputs.profile;
    this.#prevChain = C0;
    this.#envelope({ label: 'start_end', tick: 1, seq: 1, payload_ref: 0, prev_chain: C0, meta: NO_META });
  }

  get counts(): EnvelopeCounts {
    return this.#counts;
  }

  get lastEntryHash(): Digest | null {
    return this.#lastEntryHash;
  }

  /** Number of written U-ledger entries. */
  get entries(): number {
    return this.#nextEntry - 1;
  }

  /** Adds a finished tick. */
  push(C_t: number, umxLedgerHash: string, loomBlockHash: string): void {
    this.#pending.push(C_t, umxLedgerHash, loomBlockHash);
    this.#pushed++;
  }

  /** Adds a closed window; `hash` is that of its manifest. */
  close(index: number, check: number, hash: Digest): void {
    this.#checks[index] = check;
    this.#manifestHashes[index] = hash;
  }

  /**
   * Writes everything that is ready. The last tick of a governed run waits for `finish`.
   * @throws EngineFault GOVERNANCE_ENVELOPE_DROPPED when ENFORCE rejects a DATA envelope.
   */
  drain(): void {
    const last = this.#governed ? Math.min(this.#pushed, this.#inputs.run.ticks - 1) : this.#pushed;
    while (this.#nextEnvelope <= last && this.#isClosed(this.#nextEnvelope)) {
      this.#writeEnvelopes(this.#nextEnvelope++, null);
    }
    this.#writeEntries();
  }

  /** Writes the rest of a completed run; `usage` is null if no proposals were judged. */
  finish(usage: BudgetUsage | null): void {
    this.drain();
    const { ticks } = this.#inputs.run;
    while (this.#nextEnvelope <= ticks) this.#writeEnvelopes(this.#nextEnvelope++, usage);
    const C_T = this.#prevChain;
    this.#entries ??= new EntryEncoder(this.#inputs, this.#policySetHash, usage);
    this.#writeEntries();
    const end = { tick: ticks, prev_chain: C_T, meta: NO_META };
    this.#envelope({ ...end, label: 'start_end', seq: ticks + 1, payload_ref: this.#lastCheck });
    this.#envelope({ ...end, label: 'egress', seq: ticks + 2, payload_ref: this.#primaryCheck() });
  }

  #primaryCheck(): number {
    const { windows, primary_window_id } = this.#inputs.run;
    return this.#checks[windows.findIndex((w) => w.window_id === primary_window_id)]!;
  }

  #isClosed(tick: number): boolean {
    return this.#manifestHashes[this.#windows.at(tick)] !== null;
  }

  #writeEnvelopes(tick: number, usage: BudgetUsage | null): void {
    this.#refuseDropped(tick);
    const check = this.#checks[this.#windows.at(tick)]!;
    const prev_chain = this.#prevChain;
    const C_t = this.#pending.C_t(tick);
    for (const gov of this.#governance.envelopes({ tick, check, prev_chain, C_t }, usage)) {
      this.#envelope({ label: 'governance', tick, ...gov });
    }
    const entries = this.#pfna.get(tick) ?? NO_ENTRIES;
    if (entries.length > 0) {
      const payload_ref = pfnaRef(entries, this.#inputs.profile.modulus_M);
      this.#envelope({ label: 'ingress', tick, seq: tick, payload_ref, prev_chain, meta: NO_META });
    }
    const data = this.#data;
    data.tick = tick;
    data.seq = tick;
    data.payload_ref = check;
    data.prev_chain = prev_chain;
    data.meta = dataMeta(entries);
    this.#pending.setNap(tick, this.#envelope(data, this.#events.get(tick)));
    this.#lastCheck = check;
    this.#prevChain = C_t;
  }

  #refuseDropped(tick: number): void {
    const { governance, run } = this.#inputs;
    if (governance.governance_mode !== 'ENFORCE') return;
    const { accepted, reasons } = judgeEnvelope(governance, run.nap.layer, tick);
    if (accepted) return;
    const why = reasons.join('; ');
    throw new EngineFault(
      'GOVERNANCE_ENVELOPE_DROPPED',
      tick,
      `envelope nap_${tick}_${tick}`,
      `governance drops the DATA envelope of tick ${tick} (${why}), so the tick cannot be committed`,
    );
  }

  #writeEntries(): void {
    if (this.#entries === null) return;
    while (this.#nextEntry < this.#nextEnvelope) this.#writeEntry(this.#entries, this.#nextEntry++);
  }

  #writeEntry(encoder: EntryEncoder, tick: number): void {
    const stream = this.#streams.u_ledger;
    const from = stream.out.length;
    const index = this.#windows.at(tick);
    const fields = {
      tick,
      C_t: this.#pending.C_t(tick),
      window_id: this.#inputs.run.windows[index]!.window_id,
      manifest_check: this.#checks[index]!,
      apx_manifest_hash: this.#manifestHashes[index]!,
      nap_envelope_hash: this.#pending.nap(tick),
      umx_ledger_hash: this.#pending.umx(tick),
      loom_block_hash: this.#pending.loom(tick),
      prev_entry_hash: this.#lastEntryHash,
    };
    encoder.encode(stream.out, fields, this.#events.get(tick) ?? NO_EVENTS);
    this.#lastEntryHash = sha256(stream.out.view(from));
    stream.end(tick);
    this.#pending.dropThrough(tick);
  }

  /** Appends an envelope; returns the hash of a DATA envelope, '' for others. */
  #envelope(fields: EnvelopeFields, events = NO_EVENTS): string {
    const stream = this.#streams.nap_envelopes;
    const from = stream.out.length;
    this.#encoder.encode(stream.out, fields, events);
    const hash = fields.label === 'data' ? sha256(stream.out.view(from)) : '';
    stream.end(fields.tick);
    this.#counts.total++;
    if (fields.label === 'ingress') this.#counts.ingress++;
    if (fields.label === 'data') this.#counts.data++;
    if (fields.label === 'egress') this.#counts.egress++;
    return hash;
  }
}
