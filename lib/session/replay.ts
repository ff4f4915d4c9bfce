import { ByteWriter } from '../base/byte-writer.js';
import { sha256, type Digest } from '../base/digest.js';
import { entriesByTick } from '../engine/gate/pfna-ref.js';
import type { PfnaEntry, Profile, RunInputs } from '../engine/inputs.js';
import { BlockEncoder } from '../engine/loom/block-encoder.js';
import { LoomChain } from '../engine/loom/chain-value.js';
import { GraphWalk } from '../engine/umx/graph-walk.js';
import { UmxKernel } from '../engine/umx/kernel.js';
import { LedgerEncoder } from '../engine/umx/ledger-encoder.js';

/** A state to replay from: an I-block or a checkpoint. */
export interface ReplayStart {
  readonly tick: number;
  readonly C_t: number;
  /** Length N of its tick. */
  readonly post_u: readonly number[];
}

/** One derived tick: the exact bytes that a full run stores, without line ends. */
export interface ReplayedTick {
  readonly tick: number;
  readonly C_t: number;
  readonly umx_ledger: string;
  readonly umx_ledger_hash: Digest;
  readonly loom_p_block: string;
  readonly loom_block_hash: Digest;
}

/**
 * Derives tick ledgers and P-blocks from the stored inputs and a state (engine contract, section 4.4). The
 * caller compares the hashes with those in the U-ledger.
 */
export class Replay {
  readonly #kernel: UmxKernel;
  readonly #chain: LoomChain;
  readonly #profile: Profile;
  readonly #graph: GraphWalk;
  #ledger: LedgerEncoder;
  #blocks: BlockEncoder;
  readonly #pfna: ReadonlyMap<number, readonly PfnaEntry[]>;
  readonly #out = new ByteWriter();
  #tick: number;

  /** Starts after `start`, or from the initial state with the tick-0 PFNA entries if null. */
  constructor(inputs: RunInputs, start: ReplayStart | null) {
    const { profile, run, pfna } = inputs;
    this.#profile = profile;
    this.#graph = new GraphWalk(inputs.topology, inputs.slp ?? []);
    this.#graph.advance(start?.tick ?? 0);
    const { topology } = this.#graph;
    this.#pfna = entriesByTick(pfna?.entries ?? []);
    this.#kernel = new UmxKernel(topology, profile, start?.post_u ?? run.initial_state);
    this.#chain = new LoomChain(profile, topology.N);
    this.#ledger = new LedgerEncoder(topology, this.#kernel.cap);
    this.#blocks = new BlockEncoder(topology, profile);
    this.#tick = start?.tick ?? 0;
    if (start !== null) this.#chain.C_t = start.C_t;
    else this.#kernel.adjustInitial(this.#values(0));
  }

  /** State after the last replayed tick, as a start for another replay. */
  get state(): ReplayStart {
    return { tick: this.#tick, C_t: this.#chain.C_t, post_u: Array.from(this.#kernel.post_u) };
  }

  /** Moves to the next tick without building records. */
  skip(): void {
    const tick = ++this.#tick;
    if (this.#graph.nextTick === tick) this.#reshape(tick);
    this.#kernel.begin(tick, this.#values(tick));
    this.#kernel.step(tick);
    this.#chain.advance(tick, this.#kernel);
  }

  /**
   * Derives the next tick.
   * @throws EngineFault where the original run faulted.
   */
  next(): ReplayedTick {
    this.skip();
    const tick = this.#tick;
    const { C_t, s_t } = this.#chain;
    const out = this.#out;
    out.reset();
    this.#ledger.encode(out, tick, this.#kernel);
    const ledger = Buffer.from(out.view());
    out.reset();
    this.#blocks.pHead(out, C_t, this.#kernel.f_e);
    this.#blocks.pTail(out, tick, s_t);
    const block = Buffer.from(out.view());
    return {
      tick,
      C_t,
      umx_ledger: ledger.toString('utf8'),
      umx_ledger_hash: sha256(ledger),
      loom_p_block: block.toString('utf8'),
      loom_block_hash: sha256(block),
    };
  }

  #reshape(tick: number): void {
    this.#graph.advance(tick);
    const { topology } = this.#graph;
    this.#kernel.reshape(topology);
    this.#chain.reshape(topology.N);
    this.#ledger = new LedgerEncoder(topology, this.#kernel.cap);
    this.#blocks = new BlockEncoder(topology, this.#profile);
  }

  #values(tick: number): readonly (readonly number[])[] {
    return this.#pfna.get(tick)?.map((entry) => entry.values) ?? [];
  }
}
