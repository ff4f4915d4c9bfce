import { canonicalJson } from '../base/canonical-json.js';
import { sha256, type Digest } from '../base/digest.js';
import type { RunObservables } from '../base/observables.js';
import { EngineFault } from '../engine/fault.js';
import { SignatureLibrary } from '../engine/codex/signature-library.js';
import { entriesByTick } from '../engine/gate/pfna-ref.js';
import { policySetHash } from '../engine/governance/policy-set.js';
import type { PfnaEntry, RunInputs, SlpEvent } from '../engine/inputs.js';
import { LoomChain } from '../engine/loom/chain-value.js';
import { Press, type ClosedWindow } from '../engine/press/press.js';
import { diagnose } from '../engine/umx/diagnostics.js';
import { GraphWalk } from '../engine/umx/graph-walk.js';
import { UmxKernel } from '../engine/umx/kernel.js';
import type { RunEventSink } from '../telemetry/events.js';
import { writeClosingRecords } from './closing-records.js';
import type { AppliedEvent } from './record-schemas.js';
import { Committer, type EnvelopeCounts } from './committer.js';
import { pfnaEntryRecord } from './input-key.js';
import type { RunMetrics } from './metrics.js';
import { RunObserver } from './run-observer.js';
import { openStreams, type RunStreams } from './run-streams.js';
import { inputsText } from './inputs-text.js';
import type { RunSink } from './records.js';
import { CHUNK_BYTES } from './record-stream.js';
import { TickRecords } from './tick-records.js';

/** A fault in the form of the run record. */
export interface RunFault {
  /** Stable code, listed in docs/errors.md. */
  readonly code: string;
  readonly message: string;
  readonly tick: number | null;
  /** `node 3`, `edge 7`, a field name, or null. */
  readonly place: string | null;
}

export type SessionOutcome =
  | { readonly state: 'completed'; readonly ticks_completed: number }
  | { readonly state: 'faulted'; readonly ticks_completed: number; readonly fault: RunFault }
  | { readonly state: 'cancelled'; readonly ticks_completed: number };

export interface SessionOptions {
  readonly inputs: RunInputs;
  readonly sink: RunSink;
  /** Absent: no events are built. */
  readonly emit?: RunEventSink | undefined;
  /** Target chunk size in bytes; default 1 MiB. */
  readonly chunk_bytes?: number | undefined;
  /** Interval in ticks of stored states, for replay without I-blocks (retain: compact); absent: none. */
  readonly checkpoint_every?: number | undefined;
}

const NO_EVENTS: readonly SlpEvent[] = [];

/**
 * A run between two ticks, for observers; the arrays belong to the kernel and are valid until the next step.
 */
export interface SessionView {
  readonly tick: number;
  readonly C_t: number;
  readonly s_t: number;
  readonly sum_u: number;
  readonly post_u: Float64Array;
  readonly f_e: Float64Array;
  readonly windows_closed: number;
  readonly envelopes: EnvelopeCounts;
}

/**
 * One run: the tick loop that connects the pillars and writes records. Pure and synchronous; call `step`
 * until it returns false (or stop earlier), then `finish` exactly once.
 */
export class Session {
  readonly ticks_total: number;
  readonly #inputs: RunInputs;
  readonly #emit: RunEventSink | undefined;
  readonly #streams: RunStreams;
  readonly #pfna: ReadonlyMap<number, readonly PfnaEntry[]>;
  readonly #graph: GraphWalk;
  readonly #kernel: UmxKernel;
  readonly #chain: LoomChain;
  readonly #records: TickRecords;
  readonly #press: Press;
  readonly #library: SignatureLibrary | null;
  readonly #committer: Committer;
  readonly #policySetHash: Digest;
  #tick = 0;
  #manifests = 0;
  #views = 0;
  #fault: RunFault | null = null;
  /**
   * An envelope dropped by the Gate: the tick loop continues, so that ledgers and blocks are stored, but
   * nothing is committed.
   */
  #dropped: EngineFault | null = null;
  #metrics: RunMetrics | null = null;
  readonly #observer: RunObserver;

  constructor({ inputs, sink, emit, chunk_bytes, checkpoint_every }: SessionOptions) {
    const { topology, profile, run, governance } = inputs;
    this.#inputs = inputs;
    this.#emit = emit;
    this.ticks_total = run.ticks;
    const target = { sink, chunk_bytes: chunk_bytes ?? CHUNK_BYTES };
    this.#streams = openStreams(inputs, target, checkpoint_every !== undefined);
    this.#pfna = entriesByTick(inputs.pfna?.entries ?? []);
    this.#graph = new GraphWalk(topology, inputs.slp ?? []);
    this.#kernel = new UmxKernel(topology, profile, run.initial_state);
    this.#chain = new LoomChain(profile, topology.N);
    this.#records = new TickRecords({
      inputs,
      kernel: this.#kernel,
      chain: this.#chain,
      streams: this.#streams,
      checkpoint_every: checkpoint_every ?? Infinity,
    });
    this.#press = new Press(inputs);
    this.#observer = new RunObserver(run.primary_window_id);
    this.#policySetHash = policySetHash(governance);
    this.#library = governance.governance_mode === 'OFF' ? null : new SignatureLibrary();
    this.#committer = new Committer(inputs, this.#streams, this.#policySetHash);
    this.#streams.inputs.line(inputsText(inputs), 0);
    this.#start();
  }

  get ticks_completed(): number {
    return this.#tick;
  }

  /** State for observers between ticks. */
  get view(): SessionView {
    const { post_u, f_e, sum_u } = this.#kernel;
    const { C_t, s_t } = this.#chain;
    const { counts: envelopes } = this.#committer;
    return { tick: this.#tick, C_t, s_t, sum_u, post_u, f_e, windows_closed: this.#manifests, envelopes };
  }

  /** Metrics record (section 9); null unless the run completed with metrics enabled. */
  get metrics(): RunMetrics | null {
    return this.#metrics;
  }

  /**
   * Facts of the end; null before the first tick, and for a faulted run, whose last state may be incomplete.
   */
  get observables(): RunObservables | null {
    if (this.#fault !== null || this.#tick === 0) return null;
    const { post_u, sum_abs_flux } = this.#kernel;
    return this.#observer.result(this.#tick, { post_u, sum_abs_flux, C_t: this.#chain.C_t });
  }

  get loom_tip(): Digest | null {
    return this.#records.tip;
  }

  get i_blocks(): number {
    return this.#records.i_blocks;
  }

  /** Runs the next tick. False if there is nothing left to do: all ticks are done, or the run has faulted. */
  step(): boolean {
    if (this.#fault !== null || this.#tick >= this.ticks_total) return false;
    this.#guard(() => this.#runTick(this.#tick + 1));
    return this.#fault === null && this.#tick < this.ticks_total;
  }

  /** Closes every artefact. Stopping before the last tick gives `cancelled` with the computed ticks. */
  finish(): SessionOutcome {
    const done = this.#tick === this.ticks_total;
    if (this.#fault === null && done) this.#guard(() => this.#complete());
    this.#streams.close();
    const ticks_completed = this.#tick;
    const { gid, run_id } = this.#inputs.run;
    const uledger_last_hash = this.#committer.lastEntryHash;
    this.#emit?.({ type: 'run_end', gid, run_id, ticks_completed, uledger_last_hash });
    if (this.#fault !== null) return { state: 'faulted', ticks_completed, fault: this.#fault };
    return { state: done ? 'completed' : 'cancelled', ticks_completed };
  }

  #start(): void {
    const { topology, run } = this.#inputs;
    const { gid, run_id } = run;
    const nodes = topology.N;
    const edges = topology.edges.length;
    this.#emit?.({ type: 'run_start', gid, run_id, ticks_total: run.ticks, nodes, edges });
    // Entries beyond the last tick are legal and unused; they are part of neither the key nor a result.
    for (const entry of this.#inputs.pfna?.entries ?? []) {
      if (entry.tick > run.ticks) break;
      this.#streams.pfna?.line(canonicalJson(pfnaEntryRecord(entry)), entry.tick);
    }
    const initial = this.#pfna.get(0);
    if (initial) this.#guard(() => this.#kernel.adjustInitial(initial.map((e) => e.values)));
    this.#emit?.({ type: 'tick_loop_start', gid, run_id });
  }

  /** Turns a fault thrown by the engine into the outcome of this run. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof EngineFault)) throw error;
      const { code, message, tick, place } = error;
      this.#fault = { code, message, tick, place };
      const { gid, run_id } = this.#inputs.run;
      this.#emit?.({ type: 'fault', gid, run_id, code, message, tick });
    }
  }

  /** Everything that can fault comes before the first byte of the tick is written. */
  #runTick(tick: number): void {
    const kernel = this.#kernel;
    const chain = this.#chain;
    const prevChain = chain.C_t;
    const events = this.#graph.nextTick === tick ? this.#reshape(tick) : NO_EVENTS;
    kernel.begin(tick, this.#pfna.get(tick)?.map((e) => e.values) ?? []);
    kernel.step(tick);
    chain.advance(tick, kernel);
    const closed = this.#press.tick(tick, kernel, prevChain);
    this.#library?.observe(tick, kernel);
    for (const event of events) this.#streams.slp!.line(slpRecord(event), tick);
    const umxHash = this.#records.ledger(tick);
    const loomHash = this.#records.blocks(tick);
    this.#tick = tick;
    this.#observer.tick(tick, kernel);
    this.#commit(umxHash, loomHash, closed);
    this.#records.checkpoint(tick);
    this.#emitTick(tick);
    this.#writeDiagnostics(tick);
  }

  /** Applies the structural events of a tick; returns them in order. */
  #reshape(tick: number): readonly SlpEvent[] {
    const events = this.#graph.advance(tick);
    const { topology } = this.#graph;
    this.#kernel.reshape(topology);
    this.#chain.reshape(topology.N);
    this.#press.reshape(topology.N, topology.edges.length);
    this.#records.reshape(topology);
    return events;
  }

  #commit(umxHash: Digest, loomHash: Digest, closed: readonly ClosedWindow[]): void {
    const committer = this.#committer;
    for (const { index, manifest, candidates, view } of closed) {
      const text = canonicalJson(manifest);
      this.#streams.apx_manifests.line(text, this.#tick);
      this.#streams.apx_candidates.line(canonicalJson(candidates), this.#tick);
      this.#manifests++;
      this.#observer.window(manifest);
      if (view !== null) {
        this.#streams.apxi_views!.line(canonicalJson(view), this.#tick);
        this.#views++;
      }
      committer.close(index, manifest.manifest_check, sha256(text));
      const { gid, run_id } = this.#inputs.run;
      const { window_id, apx_name, manifest_check } = manifest;
      this.#emit?.({
        type: 'window_closed',
        gid,
        run_id,
        tick: this.#tick,
        window_id,
        apx_name,
        manifest_check,
      });
    }
    if (this.#dropped !== null) return;
    committer.push(this.#chain.C_t, umxHash, loomHash);
    try {
      committer.drain();
    } catch (error) {
      if (!(error instanceof EngineFault)) throw error;
      this.#dropped = error;
    }
  }

  #emitTick(tick: number): void {
    if (!this.#emit) return;
    const { gid, run_id } = this.#inputs.run;
    const { C_t, s_t } = this.#chain;
    this.#emit({ type: 'tick_complete', gid, run_id, tick, C_t, s_t, sum_post_u: this.#kernel.sum_u });
  }

  #writeDiagnostics(tick: number): void {
    const rules = this.#inputs.run.diagnostics;
    if (rules === null) return;
    const record = diagnose(tick, this.#kernel, rules);
    this.#streams.diagnostics!.line(canonicalJson(record), tick);
    if (!rules.kill_on_violation || record.violations.length === 0) return;
    const why = record.violations.join('; ');
    throw new EngineFault(
      'DIAGNOSTICS_VIOLATION',
      tick,
      'diagnostics',
      `diagnostics stop the run at tick ${tick}: ${why}`,
    );
  }

  #complete(): void {
    if (this.#dropped !== null) throw this.#dropped;
    this.#metrics = writeClosingRecords({
      inputs: this.#inputs,
      streams: this.#streams,
      committer: this.#committer,
      library: this.#library,
      policySetHash: this.#policySetHash,
      manifests: this.#manifests,
      views: this.#views,
      observer: this.#observer,
    });
  }
}

/** Record of an applied structural event (section 13). */
function slpRecord({ tick_effective, event_id, op_type, payload }: SlpEvent): string {
  const record: AppliedEvent = { tick: tick_effective, event_id, op_type, payload: { ...payload } };
  return canonicalJson({ ...record });
}
