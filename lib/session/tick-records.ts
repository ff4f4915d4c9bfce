import { sha256, type Digest } from '../base/digest.js';
import type { RunInputs, Topology, Profile } from '../engine/inputs.js';
import { BlockEncoder } from '../engine/loom/block-encoder.js';
import type { LoomChain } from '../engine/loom/chain-value.js';
import { HashChain } from '../engine/loom/hash-chain.js';
import { isSmallGraph, type UmxKernel } from '../engine/umx/kernel.js';
import { LedgerEncoder, putIntArray } from '../engine/umx/ledger-encoder.js';
import type { RunStreams } from './run-streams.js';
import { Latest } from '../base/derived.js';

/** Sources and destinations of the records of a tick. */
export interface TickRecordParts {
  readonly inputs: RunInputs;
  readonly kernel: UmxKernel;
  readonly chain: LoomChain;
  readonly streams: RunStreams;
  /** Interval in ticks of states stored for replay; Infinity for none. */
  readonly checkpoint_every: number;
}

/** Writes the records of every tick: its ledger, its Loom blocks and links, and at intervals its state. */
export class TickRecords {
  readonly #parts: TickRecordParts;
  #ledger: LedgerEncoder;
  #blocks: BlockEncoder;
  readonly #links = new HashChain();
  #iBlocks = 0;

  constructor(parts: TickRecordParts) {
    const { topology, profile } = parts.inputs;
    this.#parts = parts;
    this.#ledger = ledgerEncoder(topology, parts.kernel);
    this.#blocks = blockEncoder(topology, profile);
  }

  /** Writes records of another graph from the next tick on; the kernel already has it. */
  reshape(topology: Topology): void {
    this.#ledger = new LedgerEncoder(topology, this.#parts.kernel.cap);
    this.#blocks = new BlockEncoder(topology, this.#parts.inputs.profile);
  }

  /** Latest link hash; null before the first tick. */
  get tip(): Digest | null {
    return this.#links.tip;
  }

  get i_blocks(): number {
    return this.#iBlocks;
  }

  /** Writes the ledger of the current tick of the kernel; returns its hash. */
  ledger(tick: number): Digest {
    const stream = this.#parts.streams.umx_ledger;
    const from = stream.out.length;
    this.#ledger.encode(stream.out, tick, this.#parts.kernel);
    const hash = sha256(stream.out.view(from));
    stream.end(tick);
    return hash;
  }

  /** Writes and links the blocks of the tick; returns the hash of the P-block. */
  blocks(tick: number): Digest {
    const { streams, chain, kernel, inputs } = this.#parts;
    const { out } = streams.loom_p_blocks;
    const from = out.length;
    this.#blocks.pHead(out, chain.C_t, kernel.f_e);
    const head = out.length;
    this.#blocks.pTail(out, tick, chain.s_t);
    const hash = sha256(out.view(from));
    const link = this.#links.pBlock(out, from, head);
    streams.loom_p_blocks.end(tick);
    streams.loom_chain.line(`{"block":"P","link_hash":"${link}","tick":${tick}}`, tick);
    if (tick % inputs.profile.I_block_spacing_W === 0) this.#iBlock(tick);
    return hash;
  }

  /** Writes the state, if it is due. */
  checkpoint(tick: number): void {
    const { streams, chain, kernel, checkpoint_every } = this.#parts;
    if (tick % checkpoint_every !== 0) return;
    const { out } = streams.state_checkpoints!;
    out.ascii(`{"C_t":${chain.C_t},"post_u":`);
    putIntArray(out, kernel.post_u);
    out.ascii(`,"tick":${tick}}`);
    streams.state_checkpoints!.end(tick);
  }

  #iBlock(tick: number): void {
    const { streams, chain, kernel } = this.#parts;
    const block = { tick, C_t: chain.C_t, post_u: kernel.post_u };
    this.#blocks.iBlock(streams.loom_i_blocks.out, block);
    streams.loom_i_blocks.end(tick);
    const { link_hash, merkle_root } = this.#links.iBlock(this.#blocks, block);
    const text = `{"block":"I","link_hash":"${link_hash}","merkle_root":"${merkle_root}","tick":${tick}}`;
    streams.loom_chain.line(text, tick);
    this.#iBlocks++;
  }
}

/*
 * The layout of encoders depends only on the documents: runs of a sweep, which mostly have the same graph as
 * the previous run, share them.
 */
const ledgers = new Latest<readonly [Topology], LedgerEncoder>();
const blocks = new Latest<readonly [Topology, Profile], BlockEncoder>();

/** The encoder for the graph of the kernel. */
function ledgerEncoder(topology: Topology, kernel: UmxKernel): LedgerEncoder {
  const make = (): LedgerEncoder => new LedgerEncoder(topology, kernel.cap);
  return isSmallGraph(topology) ? ledgers.of([topology], make) : make();
}

function blockEncoder(topology: Topology, profile: Profile): BlockEncoder {
  const make = (): BlockEncoder => new BlockEncoder(topology, profile);
  return isSmallGraph(topology) ? blocks.of([topology, profile], make) : make();
}
